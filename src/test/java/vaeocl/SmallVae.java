package vaeocl;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Backend;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** A whole step of a net small enough to differentiate numerically, written out by hand. */
public final class SmallVae {
  public static final int BATCH = 5;
  public static final int PIXELS = 21;
  public static final int HIDDEN = 9;
  public static final int LATENT = 3;
  public static final int IMAGES = 40;
  public static final int SLOTS = 16;
  public static final double BETA = 0.7;

  public final Tensor images = new Tensor("images", Role.DATASET, Type.U8, IMAGES, PIXELS);
  public final Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, IMAGES);
  public final Tensor x = new Tensor("x", Role.INPUT, Type.F32, BATCH, PIXELS);
  public final Tensor h = Tensor.activation("h", BATCH, HIDDEN);
  public final Tensor heads = Tensor.activation("heads", BATCH, 2 * LATENT);
  public final Tensor z = Tensor.activation("z", BATCH, LATENT);
  public final Tensor eps = Tensor.activation("eps", BATCH, LATENT);
  public final Tensor hd = Tensor.activation("hd", BATCH, HIDDEN);
  public final Tensor logit = Tensor.activation("logit", BATCH, PIXELS);
  public final Tensor dLogit = Tensor.activation("dLogit", BATCH, PIXELS);
  public final Tensor dHd = Tensor.activation("dHd", BATCH, HIDDEN);
  public final Tensor dz = Tensor.activation("dz", BATCH, LATENT);
  public final Tensor dHeads = Tensor.activation("dHeads", BATCH, 2 * LATENT);
  public final Tensor dh = Tensor.activation("dh", BATCH, HIDDEN);
  public final Tensor kl = new Tensor("kl", Role.SLOT, Type.F32, SLOTS, 1);
  public final Tensor error = new Tensor("error", Role.SLOT, Type.F32, SLOTS, 1);
  public final Linear fc1 = Linear.of("fc1", PIXELS, HIDDEN);
  public final Linear fc2 = Linear.of("fc2", HIDDEN, 2 * LATENT);
  public final Linear fc3 = Linear.of("fc3", LATENT, HIDDEN);
  public final Tensor mu = new Tensor("mu", Role.RESULT, Type.F32, order.cols(), LATENT);
  public final Linear fc4 = Linear.of("fc4", HIDDEN, PIXELS);

  /** All layers. */
  public List<Linear> layers() {
    return List.of(fc1, fc2, fc3, fc4);
  }

  /** Weights and biases of all layers. */
  public List<Param> params() {
    return layers().stream().flatMap(l -> List.of(l.weight(), l.bias()).stream()).toList();
  }

  /** Up to the loss, error + beta·kl. */
  public List<Op> forward() {
    return List.of(
        new Op.Gather(x, images, order),
        new Op.Dense(h, x, fc1, Activation.RELU),
        new Op.Dense(heads, h, fc2, Activation.NONE),
        new Op.Latent(z, eps, kl, heads, order, Sampling.TRAIN, 77),
        new Op.Scatter(mu, heads, order),
        new Op.Dense(hd, z, fc3, Activation.RELU),
        new Op.Dense(logit, hd, fc4, Activation.NONE),
        new Op.Reconstruction(dLogit, error, logit, x, Likelihood.MSE));
  }

  /** From the loss to the gradients of all parameters. */
  public List<Op> backward() {
    return List.of(
        new Op.DenseBackward(dHd, dLogit, hd, fc4, Activation.RELU),
        new Op.DenseBackward(dz, dHd, z, fc3, Activation.NONE),
        new Op.LatentBackward(dHeads, dz, heads, eps, 0),
        new Op.DenseBackward(dh, dHeads, h, fc2, Activation.RELU),
        new Op.Gradient(fc4, dLogit, hd),
        new Op.Gradient(fc3, dHd, z),
        new Op.Gradient(fc2, dHeads, h),
        new Op.Gradient(fc1, dh, x));
  }

  /** A whole step of training. */
  public List<Op> step(Adam adam) {
    List<Op> ops = new ArrayList<>(forward());
    ops.addAll(backward());
    layers().forEach(l -> ops.add(new Op.AdamStep(l, adam)));
    return ops;
  }

  /** Writes images, their order and parameters, the same every time. */
  public void fill(Backend backend) {
    SplittableRandom random = new SplittableRandom(5);
    byte[] bytes = new byte[IMAGES * PIXELS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextDouble() < 0.4 ? random.nextInt(256) : 0);
    }
    backend.write(images, bytes);
    int[] rows = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      rows[i] = (i * 7 + 3) % IMAGES;
    }
    backend.write(order, rows);
    for (Param p : params()) {
      float[] values = new float[Math.toIntExact(p.value().size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.6 * (2 * random.nextDouble() - 1));
      }
      backend.write(p.value(), values);
    }
  }
}
