package vaeocl.model;

import java.util.ArrayList;
import java.util.List;
import vaeocl.ops.Adam;
import vaeocl.ops.Likelihood;
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
 *     ─ Reconstruction ────────────── Σ (recon − x)², dLogit [B, 784] ────────────────┘
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
   * @param error Σ (recon − x)² of each step
   * @param kl the divergence of each step, without beta
   */
  public record Step(List<Op> ops, int batch, Tensor error, Tensor kl) {}

  /** The step for batches of a size, with slots for so many steps of an epoch. */
  public Step step(DataTensors data, int batch, int steps) {
    Pass p = new Pass(batch, "");
    Tensor error = slots("error " + batch, steps);
    Tensor kl = slots("kl " + batch, steps);

    Tensor x = p.gather(data);
    Tensor heads = p.dense(x, net.encoder());
    Tensor z = p.sample(heads, kl, data.order(), Sampling.TRAIN);
    Tensor logit = p.dense(z, net.decoderToLogit());
    Tensor dLogit = p.activation("dLogit", pixels);
    p.add(new Op.Reconstruction(dLogit, error, logit, x, Likelihood.SQUARED_ERROR));

    Backward.of(p.ops(), config.beta()).forEach(p::add);
    Adam adam = Adam.of(config.learningRate());
    layers().forEach(layer -> p.add(new Op.AdamStep(layer, adam)));
    return new Step(p.ops(), batch, error, kl);
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
    Pass p = new Pass(batch, "evaluated ");
    int steps = (data.count() + batch - 1) / batch;
    Tensor kl = slots("evaluated kl " + batch, steps);
    Tensor sampled = figures("sampled figures", data.count());
    Tensor mean = figures("mean figures", data.count());

    Tensor x = p.gather(data);
    Tensor heads = p.dense(x, net.encoder());
    Tensor z = p.sample(heads, kl, data.order(), Sampling.EVALUATE);
    p.add(new Op.ImageMetrics(sampled, p.dense(z, net.decoder()), x, height, width));
    if (withMean) {
      Pass m = new Pass(batch, "mean ");
      Tensor meanKl = slots("mean kl " + batch, steps);
      Tensor meanZ = m.sample(heads, meanKl, data.order(), Sampling.MEAN);
      m.add(new Op.ImageMetrics(mean, m.dense(meanZ, net.decoder()), x, height, width));
      m.ops().forEach(p::add);
    }
    return new Evaluation(p.ops(), batch, sampled, mean, kl);
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
    Tensor x = p.input();
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
    Pass p = new Pass(batch, "coded ");
    Tensor heads = p.activation("heads", 2 * config.latent());
    Tensor z = p.sample(heads, slots("coded kl " + batch, 1), order, Sampling.EVALUATE);
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
    Pass p = new Pass(batch, "decoded ");
    Tensor z = p.activation("z", config.latent());
    Tensor recon = p.dense(z, net.decoder());
    return new Decoding(p.ops(), z, recon);
  }

  private static Tensor slots(String name, int steps) {
    return new Tensor(name, Role.SLOT, Type.F32, steps, 1);
  }

  private static Tensor figures(String name, int images) {
    return new Tensor(name, Role.RESULT, Type.F32, images, 3);
  }

  /** One way through the net for one batch size: its operations, and tensors of its own. */
  private final class Pass {
    private final int batch;
    private final String prefix;
    private final List<Op> ops = new ArrayList<>();

    Pass(int batch, String prefix) {
      this.batch = batch;
      this.prefix = prefix;
    }

    /** What it does so far. */
    List<Op> ops() {
      return List.copyOf(ops);
    }

    void add(Op op) {
      ops.add(op);
    }

    Tensor input() {
      return new Tensor(prefix + "x", Role.INPUT, Type.F32, batch, pixels);
    }

    Tensor activation(String name, int features) {
      return Tensor.activation(prefix + name, batch, features);
    }

    Tensor gather(DataTensors data) {
      Tensor x = input();
      add(new Op.Gather(x, data.images(), data.order()));
      return x;
    }

    Tensor dense(Tensor x, List<Layer> layers) {
      Tensor y = x;
      for (Layer layer : layers) {
        Tensor input = y;
        y = activation(layer.output(), layer.linear().out());
        add(new Op.Dense(y, input, layer.linear(), layer.f()));
      }
      return y;
    }

    Tensor sample(Tensor heads, Tensor kl, Tensor order, Sampling sampling) {
      Tensor z = activation("z", config.latent());
      Tensor eps = activation("eps", config.latent());
      add(new Op.Latent(z, eps, kl, heads, order, sampling, config.seed()));
      return z;
    }
  }
}
