package vaeocl.model;

import static vaeocl.ops.Sampling.EVALUATE;
import static vaeocl.ops.Sampling.MEAN;
import static vaeocl.ops.Sampling.TRAIN;

import java.util.List;
import vaeocl.ops.Adam;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * The variational autoencoder (Kingma and Welling, 2014) as lists of operations. A step of training
 * with hidden widths 512 and 256 and two latent dimensions, B images in a batch:
 *
 * <pre>
 *   images, order ─ Gather ────────── x [B, 784] ─────────────────────────────────────┐
 *     ─ Dense encoder.0, relu ─────── h1 [B, 512]                                     │
 *     ─ Dense encoder.1, relu ─────── h2 [B, 256]                                     │
 *     ─ Dense heads ───────────────── heads [B, 4]: mu, logvar                        │
 *     ─ Latent ────────────────────── z [B, 2] = mu + exp(logvar/2)·eps, KL           │
 *     ─ Dense decoder.0, relu ─────── h4 [B, 256]                                     │
 *     ─ Dense decoder.1, relu ─────── h5 [B, 512]                                     │
 *     ─ Dense decoder.2 ───────────── logit [B, 784], recon = sigmoid(logit)          │
 *     ─ Reconstruction ────────────── Σ f(logit, x), dLogit [B, 784] ─────────────────┘
 *     ─ DenseBackward, thrice ─────── dh5, dh4, dz
 *     ─ LatentBackward ────────────── dHeads [B, 4], with beta·KL
 *     ─ DenseBackward, twice ──────── dh2, dh1
 *     ─ Gradient, AdamStep ────────── dw, db and new w, b of all six layers
 * </pre>
 *
 * <p>The way forward is written here; the way back is derived from it ({@link Backward}).
 */
public final class Vae {
  private final int pixels;
  private final VaeConfig config;
  private final Net net;

  public Vae(int pixels, VaeConfig config) {
    this.pixels = pixels;
    this.config = config;
    net = Net.of(pixels, config);
  }

  /** The layers with their activations. */
  public Net net() {
    return net;
  }

  /** All layers' parameters, in the order of the data's way through them. */
  public List<Linear> layers() {
    return net.layers().stream().map(Layer::linear).toList();
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
   * @param error the likelihood's loss of each step; of weighed samples the bound
   * @param kl the divergence of each step, without beta
   * @param extra what free bits add to it; null without any
   */
  public record Step(List<Op> ops, int batch, Tensor error, Tensor kl, Tensor extra) {}

  /** The step for batches of a size, with slots for so many steps of an epoch. */
  public Step step(DataTensors data, int batch, int steps) {
    return step(data, batch, steps, Adam.of(config.learningRate()));
  }

  /** The same with an optimiser. */
  public Step step(DataTensors data, int batch, int steps, Adam adam) {
    Pass p = new Pass(this, batch, "");
    Step forward =
        config.objective() == Objective.IWAE
            ? weighed(p, data, steps)
            : forward(p, data, steps, config.objective() == Objective.AE ? MEAN : TRAIN);
    Backward.of(p.ops()).forEach(p::add);
    layers().forEach(layer -> p.add(new Op.AdamStep(layer, adam)));
    return new Step(p.ops(), batch, forward.error(), forward.kl(), forward.extra());
  }

  /** The loss alone, with the noise of an evaluation. */
  public Step loss(DataTensors data, int batch, int steps) {
    return forward(new Pass(this, batch, "validated "), data, steps, EVALUATE);
  }

  /** From the images to the loss, a sample of each. */
  private Step forward(Pass p, DataTensors data, int steps, Sampling sampling) {
    Tensor error = p.slots("error", steps);
    Tensor kl = p.slots("kl", steps);
    Tensor x = p.gather(data);
    Tensor heads = p.dense(x, net.encoder());
    Tensor z = p.sample(heads, kl, data.order(), sampling);
    Tensor extra = config.freeBits() > 0 ? p.slots("free bits", steps) : null;
    if (extra != null) {
      p.add(new Op.FreeBits(extra, heads, config.freeBits()));
    }
    Tensor logit = p.dense(z, net.decoderToLogit());
    Tensor dLogit = p.activation("dLogit", pixels);
    p.add(new Op.Reconstruction(dLogit, error, logit, x, config.likelihood()));
    return new Step(p.ops(), p.batch(), error, kl, extra);
  }

  /** From the images to the bound, several samples of each. */
  private Step weighed(Pass p, DataTensors data, int steps) {
    int samples = config.samples();
    Tensor bound = p.slots("bound", steps);
    Pass.Weighed weighed = p.logWeights(data, steps, TRAIN, samples);
    Tensor share = Tensor.activation("share", weighed.logW().rows(), 1);
    p.add(new Op.ImportanceWeights(share, bound, weighed.logW(), samples));
    return new Step(p.ops(), p.batch(), bound, weighed.kl(), null);
  }

  /**
   * Weighed samples of images, new ones for every step.
   *
   * @param logW [batch·samples, 1]: ln p(x|z)p(z)/q(z|x), but for constants of the likelihood
   */
  public record Importance(List<Op> ops, Tensor logW) {}

  /** The weights of so many samples of each image of a batch, for so many batches. */
  public Importance importance(DataTensors data, int batch, int steps, int samples) {
    Pass p = new Pass(this, batch, "weighed ");
    Pass.Weighed weighed = p.logWeights(data, steps, Sampling.IMPORTANCE, samples);
    return new Importance(p.ops(), weighed.logW());
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
    Pass p = new Pass(this, batch, "evaluated ");
    int steps = (data.count() + batch - 1) / batch;
    Tensor kl = p.slots("kl", steps);
    Tensor sampled = figures("sampled figures", data.count());
    Tensor mean = figures("mean figures", data.count());

    Tensor x = p.gather(data);
    Tensor heads = p.dense(x, net.encoder());
    Tensor z = p.sample(heads, kl, data.order(), EVALUATE);
    p.add(new Op.ImageMetrics(sampled, p.dense(z, net.decoder()), x, height, width));
    if (withMean) {
      Pass m = new Pass(this, batch, "mean ");
      Tensor meanKl = m.slots("kl", steps);
      Tensor meanZ = m.sample(heads, meanKl, data.order(), MEAN);
      m.add(new Op.ImageMetrics(mean, m.dense(meanZ, net.decoder()), x, height, width));
      m.ops().forEach(p::add);
    }
    return new Evaluation(p.ops(), batch, sampled, mean, kl);
  }

  /**
   * Images to codes.
   *
   * @param x [batch, pixels], to be written or gathered
   * @param heads [batch, 2·latent]: mu, logvar
   */
  public record Encoding(List<Op> ops, Tensor x, Tensor heads) {}

  /** The encoder alone. */
  public Encoding encoding(int batch) {
    Pass p = new Pass(this, batch, "coded ");
    Tensor x = p.input();
    Tensor heads = p.dense(x, net.encoder());
    return new Encoding(p.ops(), x, heads);
  }

  /** The same for images of a data set. */
  public Encoding encoding(DataTensors data, int batch) {
    Pass p = new Pass(this, batch, "coded " + data.count() + " ");
    Tensor x = p.gather(data);
    Tensor heads = p.dense(x, net.encoder());
    return new Encoding(p.ops(), x, heads);
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
    Pass p = new Pass(this, batch, "coded ");
    Tensor heads = p.activation("heads", 2 * config.latent());
    Tensor z = p.sample(heads, p.slots("kl", 1), order, EVALUATE);
    return new Sample(p.ops(), heads, z);
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
    Pass p = new Pass(this, batch, "decoded ");
    Tensor z = p.activation("z", config.latent());
    Tensor recon = p.dense(z, net.decoder());
    return new Decoding(p.ops(), z, recon);
  }

  private static Tensor figures(String name, int images) {
    return new Tensor(name, Role.RESULT, Type.F32, images, 3);
  }
}
