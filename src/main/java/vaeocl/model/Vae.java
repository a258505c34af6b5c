package vaeocl.model;

import java.util.ArrayList;
import java.util.List;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * The variational autoencoder (Kingma and Welling, 2014) as lists of operations:
 *
 * <pre>
 *   encoder   h1 = relu(fc1(x))      (mu, logvar) = fc2(h1)
 *   sampling  z = mu + exp(logvar/2)·eps
 *   decoder   h3 = relu(fc3(z))      recon = sigmoid(fc4(h3))
 *   loss      Σ (recon − x)² + beta·KL
 * </pre>
 *
 * <p>fc2 holds both heads in one matrix: rows 0 … latent − 1 are PyTorch's fc21, the rest its fc22.
 */
public final class Vae {
  private final int pixels;
  private final VaeConfig config;
  private final int hidden;
  private final Linear fc1;
  private final Linear fc2;
  private final Linear fc3;
  private final Linear fc4;

  public Vae(int pixels, VaeConfig config) {
    hidden = config.hidden().get(0);
    if (config.hidden().size() > 1) {
      throw new IllegalArgumentException("hidden layers " + config.hidden() + ", and one is known");
    }
    this.pixels = pixels;
    this.config = config;
    fc1 = Linear.of("fc1", pixels, hidden);
    fc2 = Linear.of("fc2", hidden, 2 * config.latent());
    fc3 = Linear.of("fc3", config.latent(), hidden);
    fc4 = Linear.of("fc4", hidden, pixels);
  }

  /** All layers, in the order of the data's way through them. */
  public List<Linear> layers() {
    return List.of(fc1, fc2, fc3, fc4);
  }

  /** The layer that holds both heads. */
  Linear heads() {
    return fc2;
  }

  public VaeConfig config() {
    return config;
  }

  /** Values of one image. */
  public int pixels() {
    return pixels;
  }

  /**
   * One step of training.
   *
   * @param error Σ (recon − x)² of each step
   * @param kl the divergence of each step, without beta
   */
  public record Step(List<Op> ops, int batch, Tensor error, Tensor kl) {}

  /** The step for batches of a size, with slots for so many steps of an epoch. */
  public Step step(DataTensors data, int batch, int steps) {
    Pass p = new Pass(batch, "");
    Tensor dLogit = p.activation("dLogit", pixels);
    Tensor dh3 = p.activation("dh3", hidden);
    Tensor dz = p.activation("dz", config.latent());
    Tensor dHeads = p.activation("dHeads", 2 * config.latent());
    Tensor dh1 = p.activation("dh1", hidden);
    Tensor error = slots("error " + batch, steps);
    Tensor kl = slots("kl " + batch, steps);
    Adam adam = Adam.of(config.learningRate());
    List<Op> ops = new ArrayList<>();

    ops.add(new Op.Gather(p.x, data.images(), data.order()));
    ops.add(new Op.Dense(p.h1, p.x, fc1, Activation.RELU));
    ops.add(new Op.Dense(p.heads, p.h1, fc2, Activation.NONE));
    ops.add(new Op.Latent(p.z, p.eps, kl, p.heads, data.order(), Sampling.TRAIN, config.seed()));
    ops.add(new Op.Dense(p.h3, p.z, fc3, Activation.RELU));
    ops.add(new Op.Dense(p.logit, p.h3, fc4, Activation.NONE));
    ops.add(new Op.Reconstruction(dLogit, error, p.logit, p.x, Likelihood.SQUARED_ERROR));

    ops.add(new Op.DenseBackward(dh3, dLogit, p.h3, fc4, Activation.RELU));
    ops.add(new Op.DenseBackward(dz, dh3, p.z, fc3, Activation.NONE));
    ops.add(new Op.LatentBackward(dHeads, dz, p.heads, p.eps, config.beta()));
    ops.add(new Op.DenseBackward(dh1, dHeads, p.h1, fc2, Activation.RELU));

    ops.add(new Op.Gradient(fc4, dLogit, p.h3));
    ops.add(new Op.Gradient(fc3, dh3, p.z));
    ops.add(new Op.Gradient(fc2, dHeads, p.h1));
    ops.add(new Op.Gradient(fc1, dh1, p.x));
    layers().forEach(layer -> ops.add(new Op.AdamStep(layer, adam)));
    return new Step(List.copyOf(ops), batch, error, kl);
  }

  /**
   * Reconstruction of a data set and its figures of merit.
   *
   * @param sampled mse, psnr and ssim of every image, z sampled as in training
   * @param mean the same with z = mu
   * @param kl the divergence of each step
   */
  public record Evaluation(List<Op> ops, int batch, Tensor sampled, Tensor mean, Tensor kl) {}

  /**
   * The evaluation for batches of a size.
   *
   * @param withMean whether z = mu is evaluated as well
   */
  public Evaluation evaluation(
      DataTensors data, int batch, int height, int width, boolean withMean) {
    Pass s = new Pass(batch, "evaluated ");
    Pass m = new Pass(batch, "mean ");
    Tensor kl = slots("evaluated kl " + batch, (data.count() + batch - 1) / batch);
    Tensor meanKl = slots("mean kl " + batch, (data.count() + batch - 1) / batch);
    Tensor sampled = figures("sampled figures", data.count());
    Tensor mean = figures("mean figures", data.count());
    Tensor order = data.order();
    long seed = config.seed();
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.Gather(s.x, data.images(), order));
    ops.add(new Op.Dense(s.h1, s.x, fc1, Activation.RELU));
    ops.add(new Op.Dense(s.heads, s.h1, fc2, Activation.NONE));
    ops.add(new Op.Latent(s.z, s.eps, kl, s.heads, order, Sampling.EVALUATE, seed));
    decode(ops, s);
    ops.add(new Op.ImageMetrics(sampled, s.logit, s.x, height, width));
    if (!withMean) {
      return new Evaluation(List.copyOf(ops), batch, sampled, mean, kl);
    }
    ops.add(new Op.Latent(m.z, m.eps, meanKl, s.heads, order, Sampling.MEAN, seed));
    decode(ops, m);
    ops.add(new Op.ImageMetrics(mean, m.logit, s.x, height, width));
    return new Evaluation(List.copyOf(ops), batch, sampled, mean, kl);
  }

  /**
   * Images to codes.
   *
   * @param x [batch, pixels], to be written
   * @param heads [batch, 2·latent]: mu, logvar
   */
  public record Encoding(List<Op> ops, Tensor x, Tensor heads) {}

  /** The encoder alone. */
  public Encoding encoding(int batch) {
    Pass p = new Pass(batch, "coded ");
    List<Op> ops =
        List.of(
            new Op.Dense(p.h1, p.x, fc1, Activation.RELU),
            new Op.Dense(p.heads, p.h1, fc2, Activation.NONE));
    return new Encoding(ops, p.x, p.heads);
  }

  /**
   * Codes to points of the latent space.
   *
   * @param heads [batch, 2·latent], to be written
   * @param z [batch, latent]
   */
  public record Sample(List<Op> ops, Tensor heads, Tensor z) {}

  /**
   * The sampling alone, with the noise of evaluation.
   *
   * @param order [1, batch], the images' numbers, to be written
   */
  public Sample sample(int batch, Tensor order) {
    Pass p = new Pass(batch, "coded ");
    Tensor kl = slots("coded kl " + batch, 1);
    Op latent = new Op.Latent(p.z, p.eps, kl, p.heads, order, Sampling.EVALUATE, config.seed());
    return new Sample(List.of(latent), p.heads, p.z);
  }

  /**
   * Points of the latent space to images.
   *
   * @param z [batch, latent], to be written
   * @param recon [batch, pixels]
   */
  public record Decoding(List<Op> ops, Tensor z, Tensor recon) {}

  /** The decoder alone. */
  public Decoding decoding(int batch) {
    Pass p = new Pass(batch, "decoded ");
    List<Op> ops = new ArrayList<>();
    decode(ops, p);
    return new Decoding(List.copyOf(ops), p.z, p.logit);
  }

  private void decode(List<Op> ops, Pass p) {
    ops.add(new Op.Dense(p.h3, p.z, fc3, Activation.RELU));
    ops.add(new Op.Dense(p.logit, p.h3, fc4, Activation.SIGMOID));
  }

  private static Tensor slots(String name, int steps) {
    return new Tensor(name, Role.SLOT, Type.F32, steps, 1);
  }

  private static Tensor figures(String name, int images) {
    return new Tensor(name, Role.RESULT, Type.F32, images, 3);
  }

  /** The tensors of one way through the net, for one batch size. */
  private final class Pass {
    private final int batch;
    private final String prefix;
    private final Tensor x;
    private final Tensor h1;
    private final Tensor heads;
    private final Tensor z;
    private final Tensor eps;
    private final Tensor h3;
    private final Tensor logit;

    Pass(int batch, String prefix) {
      this.batch = batch;
      this.prefix = prefix;
      x = new Tensor(prefix + "x", Role.INPUT, Type.F32, batch, pixels);
      h1 = activation("h1", hidden);
      heads = activation("heads", 2 * config.latent());
      z = activation("z", config.latent());
      eps = activation("eps", config.latent());
      h3 = activation("h3", hidden);
      logit = activation("logit", pixels);
    }

    Tensor activation(String name, int features) {
      return Tensor.activation(prefix + name, batch, features);
    }
  }
}
