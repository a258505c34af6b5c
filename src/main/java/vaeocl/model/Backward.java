package vaeocl.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * The way back, derived from the way forward: its operations are walked in reverse, and each has
 * one rule that turns the gradient at what it wrote into that at what it read.
 *
 * <pre>
 *   forward                              backward
 *   y = f(x·wᵀ + b)                      dx = (dy·w) ∘ g′(x), x = g(…)     then dw = dyᵀ·x, db = Σ dy
 *   z = mu + exp(logvar/2)·eps, and KL   dHeads from dz and beta
 *   loss of logit and x                  dLogit, which the loss gives itself
 *   mean of weighed samples              dLogit and dHeads by their shares
 * </pre>
 *
 * <p>The gradient kept of a tensor is that at what its activation was applied to.
 */
final class Backward implements Op.Visitor<Void> {
  /** Of the operation that was passed on the way to the sampling, if there is one. */
  private double freeBits;

  /** The operation that wrote a tensor: only where a layer or the sampling did, a gradient goes. */
  private final Map<Tensor, Activation> made = new HashMap<>();

  /** The shares of samples that are weighed, by their z. */
  private final Map<Tensor, Tensor> shares = new HashMap<>();

  private final Map<Tensor, Tensor> gradients = new HashMap<>();
  private final List<Op> ofActivations = new ArrayList<>();
  private final List<Op> ofParameters = new ArrayList<>();

  private Backward() {}

  /**
   * The operations that give the gradients of all layers of a forward list that ends in a loss:
   * first those of activations, then those of parameters, each from the loss to the input.
   *
   * @throws IllegalArgumentException if an operation has no rule, or a tensor is read by two
   */
  static List<Op> of(List<Op> forward) {
    Backward backward = new Backward();
    for (Op op : forward) {
      if (op instanceof Op.Dense o) {
        backward.made.put(o.y(), o.f());
      } else if (op instanceof Op.Latent o) {
        backward.made.put(o.z(), Activation.NONE);
      }
    }
    for (int i = forward.size() - 1; i >= 0; i--) {
      forward.get(i).accept(backward);
    }
    List<Op> ops = new ArrayList<>(backward.ofActivations);
    ops.addAll(backward.ofParameters);
    return ops;
  }

  @Override
  public Void dense(Op.Dense o) {
    Tensor dy = gradient(o.y());
    Activation before = made.get(o.x());
    if (before != null) {
      Tensor dx = newGradient(o.x());
      ofActivations.add(new Op.DenseBackward(dx, dy, o.x(), o.layer(), before));
    }
    ofParameters.add(new Op.Gradient(o.layer(), dy, o.x()));
    return null;
  }

  @Override
  public Void latent(Op.Latent o) {
    requireLinear(o.heads());
    Tensor dz = gradient(o.z());
    Tensor dHeads = newGradient(o.heads());
    Tensor share = shares.get(o.z());
    ofActivations.add(
        share == null
            ? new Op.LatentBackward(dHeads, dz, o.heads(), o.eps(), freeBits)
            : new Op.ImportanceBackward(dHeads, dz, o.z(), o.eps(), o.heads(), share));
    return null;
  }

  @Override
  public Void importanceWeights(Op.ImportanceWeights o) {
    keep(o.logW(), o.share());
    return null;
  }

  @Override
  public Void logWeights(Op.LogWeights o) {
    requireLinear(o.logit());
    Tensor share = gradient(o.logW());
    shares.put(o.z(), share);
    Tensor dLogit = newGradient(o.logit());
    ofActivations.add(new Op.WeightedGradient(dLogit, o.logit(), o.x(), share, o.f()));
    return null;
  }

  @Override
  public Void freeBits(Op.FreeBits o) {
    freeBits = o.freeBits();
    return null;
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    requireLinear(o.logit());
    keep(o.logit(), o.dLogit());
    return null;
  }

  @Override
  public Void gather(Op.Gather o) {
    return null; // images are given
  }

  @Override
  public Void binarize(Op.Binarize o) {
    return null; // likewise
  }

  @Override
  public Void scatter(Op.Scatter o) {
    return null; // kept, and no part of the loss
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    throw noRule(o);
  }

  @Override
  public Void latentBackward(Op.LatentBackward o) {
    throw noRule(o);
  }

  @Override
  public Void weightedGradient(Op.WeightedGradient o) {
    throw noRule(o);
  }

  @Override
  public Void importanceBackward(Op.ImportanceBackward o) {
    throw noRule(o);
  }

  @Override
  public Void gradient(Op.Gradient o) {
    throw noRule(o);
  }

  @Override
  public Void adamStep(Op.AdamStep o) {
    throw noRule(o);
  }

  @Override
  public Void imageMetrics(Op.ImageMetrics o) {
    throw noRule(o);
  }

  /** The gradient at what a tensor's activation was applied to. */
  private Tensor gradient(Tensor t) {
    Tensor gradient = gradients.get(t);
    if (gradient == null) {
      throw new IllegalArgumentException("no loss follows from " + t.describe());
    }
    return gradient;
  }

  private Tensor newGradient(Tensor t) {
    Tensor gradient = Tensor.activation(derivative(t.name()), t.rows(), t.cols());
    keep(t, gradient);
    return gradient;
  }

  private void keep(Tensor t, Tensor gradient) {
    if (gradients.put(t, gradient) != null) {
      throw new IllegalArgumentException(
          t.describe() + " is read twice on the way to the loss: gradients are not added up");
    }
  }

  private void requireLinear(Tensor t) {
    if (made.get(t) != Activation.NONE) {
      throw new IllegalArgumentException(t.describe() + " must come from a layer of no activation");
    }
  }

  /** dz and dh1, but dHeads: words get a capital. */
  static String derivative(String name) {
    boolean word = name.length() > 1 && Character.isLetter(name.charAt(1));
    return "d" + (word ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : name);
  }

  private static IllegalArgumentException noRule(Op op) {
    return new IllegalArgumentException(op.name() + " has no derivative here");
  }
}
