package vaeocl.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * One operation of a step, as a value: which tensors it reads and writes, and by which formula. A
 * backend turns a list of them into work. Samples are rows; sums run over the batch where none is
 * named.
 *
 * <p>Longer than 250 lines: one page of all operations, each a record with its formula.
 */
public sealed interface Op {
  /** The name by which {@code check} and {@code profile} know the operation. */
  default String name() {
    return getClass().getSimpleName();
  }

  List<Tensor> reads();

  List<Tensor> writes();

  /** Floating-point operations, a multiply-add counting two. */
  long flops();

  /** Calls the visitor's method for this kind of operation. */
  <R> R accept(Visitor<R> visitor);

  /** An answer for every kind of operation: a new kind does not compile until all have one. */
  interface Visitor<R> {
    R gather(Gather op);

    R binarize(Binarize op);

    R dense(Dense op);

    R latent(Latent op);

    R scatter(Scatter op);

    R reconstruction(Reconstruction op);

    R denseBackward(DenseBackward op);

    R latentBackward(LatentBackward op);

    R freeBits(FreeBits op);

    R logWeights(LogWeights op);

    R importanceWeights(ImportanceWeights op);

    R weightedGradient(WeightedGradient op);

    R importanceBackward(ImportanceBackward op);

    R gradient(Gradient op);

    R adamStep(AdamStep op);

    R imageMetrics(ImageMetrics op);
  }

  /**
   * x[s] = images[order[start + s]] / 255.
   *
   * @param x [batch, pixels]
   * @param images [images, pixels], bytes
   * @param order [1, images], row numbers
   */
  record Gather(Tensor x, Tensor images, Tensor order) implements Op {
    public Gather {
      Shapes.require(x.cols() == images.cols(), "same pixels", x, images);
      Shapes.require(x.rows() <= order.cols(), "a batch no larger than the order", x, order);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(images, order);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(x);
    }

    @Override
    public long flops() {
      return x.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gather(this);
    }
  }

  /**
   * binary = 255 with probability images / 255, else 0, for all images of a data set at once; the
   * step of its batch is the epoch.
   *
   * @param binary [images, pixels], bytes
   * @param images [images, pixels], bytes
   * @param seed Philox's key
   */
  record Binarize(Tensor binary, Tensor images, long seed) implements Op {
    @Override
    public List<Tensor> reads() {
      return List.of(images);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(binary);
    }

    @Override
    public long flops() {
      return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.binarize(this);
    }
  }

  /**
   * y = f(x·wᵀ + b).
   *
   * @param y [batch, out]
   * @param x [batch, in]
   */
  record Dense(Tensor y, Tensor x, Linear layer, Activation f) implements Op {
    public Dense {
      Shapes.require(y.rows() == x.rows(), "same batch", y, x);
      Shapes.require(layer.in() == x.cols(), "in = columns", layer.weight().value(), x);
      Shapes.require(layer.out() == y.cols(), "out = columns", layer.weight().value(), y);
    }

    @Override
    public List<Tensor> reads() {
      List<Tensor> all = new ArrayList<>(layer.values());
      all.add(x);
      return all;
    }

    @Override
    public List<Tensor> writes() {
      return List.of(y);
    }

    @Override
    public long flops() {
      return 2L * y.size() * x.cols();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dense(this);
    }
  }

  /**
   * z = mu + exp(logvar/2)·eps with mu, logvar the left and right half of heads, and KL(q‖N(0,1)) =
   * ½ Σ (mu² + exp(logvar) − logvar − 1), summed over the batch into this step's slot.
   *
   * @param z [batch·samples, latent]: the samples of an image follow each other
   * @param eps like z, the noise, N(0, 1); zeros where the mean is taken
   * @param kl [steps, 1]
   * @param heads [batch, 2·latent]
   * @param order [1, images]: noise belongs to an image, not to a place in a batch
   * @param seed Philox's key
   */
  record Latent(
      Tensor z, Tensor eps, Tensor kl, Tensor heads, Tensor order, Sampling sampling, long seed)
      implements Op {
    public Latent {
      Shapes.require(heads.cols() == 2 * z.cols(), "heads twice as wide as z", heads, z);
      Shapes.require(z.rows() % heads.rows() == 0, "as many rows for each of heads", z, heads);
      Shapes.require(eps.rows() == z.rows() && eps.cols() == z.cols(), "same shape", eps, z);
      Shapes.require(heads.rows() <= order.cols(), "a batch no larger than the order", z, order);
    }

    /** Of each image. */
    public int samples() {
      return z.rows() / heads.rows();
    }

    @Override
    public List<Tensor> reads() {
      return List.of(heads, order);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(z, eps, kl);
    }

    @Override
    public long flops() {
      return 40 * z.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.latent(this);
    }
  }

  /**
   * all[order[start + s]][c] = part[s][c]: keeps what a batch says of its images. Columns of part
   * beyond those of all are left out.
   *
   * @param all [images, columns]
   * @param part [batch, at least as many columns]
   * @param order [1, images], row numbers
   */
  record Scatter(Tensor all, Tensor part, Tensor order) implements Op {
    public Scatter {
      Shapes.require(all.rows() == order.cols(), "a row for each image", all, order);
      Shapes.require(all.cols() <= part.cols(), "no more columns", all, part);
      Shapes.require(part.rows() <= order.cols(), "a batch no larger than the order", part, order);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(part, order);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(all);
    }

    @Override
    public long flops() {
      return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scatter(this);
    }
  }

  /**
   * error = Σ f(logit, x) into this step's slot, and the gradient of its part of the loss, dLogit =
   * weight·∂f/∂logit with {@link LossWeights#recon}; recon = sigmoid(logit) never needs to reach
   * memory.
   *
   * @param dLogit [batch, pixels]
   * @param error [steps, 1]
   */
  record Reconstruction(Tensor dLogit, Tensor error, Tensor logit, Tensor x, Likelihood f)
      implements Op {
    public Reconstruction {
      Shapes.require(dLogit.rows() == x.rows() && dLogit.cols() == x.cols(), "same", dLogit, x);
      Shapes.require(logit.rows() == x.rows() && logit.cols() == x.cols(), "same", logit, x);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(logit, x);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(dLogit, error);
    }

    @Override
    public long flops() {
      return 20 * x.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reconstruction(this);
    }
  }

  /**
   * dx = (dy·w) ∘ f′(x): the gradient at a layer's input, through the activation that made it.
   *
   * @param dx [batch, in]
   * @param dy [batch, out]
   * @param x [batch, in], what the layer below put out
   * @param f the activation that made x
   */
  record DenseBackward(Tensor dx, Tensor dy, Tensor x, Linear layer, Activation f) implements Op {
    public DenseBackward {
      Shapes.require(layer.in() == dx.cols(), "in = columns", layer.weight().value(), dx);
      Shapes.require(layer.out() == dy.cols(), "out = columns", layer.weight().value(), dy);
      Shapes.require(x.rows() == dx.rows() && x.cols() == dx.cols(), "same shape", x, dx);
      Shapes.require(dy.rows() == dx.rows(), "same batch", dy, dx);
    }

    @Override
    public List<Tensor> reads() {
      return f == Activation.NONE
          ? List.of(layer.weight().value(), dy)
          : List.of(layer.weight().value(), dy, x);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(dx);
    }

    @Override
    public long flops() {
      return 2L * dx.size() * dy.cols();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.denseBackward(this);
    }
  }

  /**
   * Through the sampling and the divergence: dmu = dz + beta·mu, dlogvar = ½·dz·exp(logvar/2)·eps +
   * ½·beta·(exp(logvar) − 1), with {@link LossWeights#beta}, and 0 for it in a dimension whose
   * divergence is below the free bits.
   *
   * @param dHeads [batch, 2·latent]: dmu, dlogvar
   * @param dz [batch, latent]
   * @param freeBits nats that the divergence of a dimension counts at least, 0 for none
   */
  record LatentBackward(Tensor dHeads, Tensor dz, Tensor heads, Tensor eps, double freeBits)
      implements Op {
    public LatentBackward {
      Shapes.require(heads.cols() == 2 * dz.cols(), "heads twice as wide as dz", heads, dz);
      Shapes.require(dHeads.cols() == heads.cols(), "same width", dHeads, heads);
      Shapes.require(eps.rows() == dz.rows() && eps.cols() == dz.cols(), "same shape", eps, dz);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(dz, heads, eps);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(dHeads);
    }

    @Override
    public long flops() {
      return 30 * dz.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.latentBackward(this);
    }
  }

  /**
   * What free bits add to the divergence: Σ max(freeBits − kl, 0) over samples and dimensions, into
   * this step's slot (Kingma et al., "Improved variational inference with inverse autoregressive
   * flow", 2016).
   *
   * @param extra [steps, 1]
   * @param heads [batch, 2·latent]
   */
  record FreeBits(Tensor extra, Tensor heads, double freeBits) implements Op {
    @Override
    public List<Tensor> reads() {
      return List.of(heads);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(extra);
    }

    @Override
    public long flops() {
      return 10 * heads.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.freeBits(this);
    }
  }

  /**
   * ln w = ln p(x|z) + ln p(z) − ln q(z|x) of every sample, but for constants of the likelihood:
   * −weight·Σ f(logit, x) + ½ Σ (eps² − z² + logvar), with {@link LossWeights#recon}.
   *
   * @param logW [batch·samples, 1]
   * @param logit [batch·samples, pixels]
   * @param x [batch, pixels]
   * @param z [batch·samples, latent], and eps
   * @param heads [batch, 2·latent]
   */
  record LogWeights(
      Tensor logW, Tensor logit, Tensor x, Tensor z, Tensor eps, Tensor heads, Likelihood f)
      implements Op {
    public LogWeights {
      Shapes.require(logit.cols() == x.cols(), "same pixels", logit, x);
      Shapes.require(logit.rows() % x.rows() == 0, "as many rows for each image", logit, x);
      Shapes.require(logW.rows() == logit.rows() && logW.cols() == 1, "one a row", logW, logit);
      Shapes.require(z.rows() == logit.rows() && heads.rows() == x.rows(), "same batch", z, heads);
    }

    /** Of each image. */
    public int samples() {
      return logit.rows() / x.rows();
    }

    @Override
    public List<Tensor> reads() {
      return List.of(logit, x, z, eps, heads);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(logW);
    }

    @Override
    public long flops() {
      return 20 * logit.size() + 6 * z.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.logWeights(this);
    }
  }

  /**
   * The importance-weighted bound (Burda, Grosse and Salakhutdinov, "Importance weighted
   * autoencoders", 2016): −ln(mean of an image's w), summed over the batch into this step's slot,
   * and each sample's share w / Σ w, which is the bound's derivative by ln w but for its sign.
   *
   * @param share [batch·samples, 1]
   * @param bound [steps, 1]
   * @param logW [batch·samples, 1]
   * @param samples of each image
   */
  record ImportanceWeights(Tensor share, Tensor bound, Tensor logW, int samples) implements Op {
    public ImportanceWeights {
      Shapes.require(logW.rows() % samples == 0, samples + " samples an image", logW, share);
      Shapes.require(share.rows() == logW.rows(), "same batch", share, logW);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(logW);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(share, bound);
    }

    @Override
    public long flops() {
      return 20 * logW.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.importanceWeights(this);
    }
  }

  /**
   * dLogit = share·weight·∂f/∂logit, of rows that count by their share, with {@link
   * LossWeights#recon}.
   *
   * @param dLogit [batch·samples, pixels]
   * @param x [batch, pixels]
   * @param share [batch·samples, 1]
   */
  record WeightedGradient(Tensor dLogit, Tensor logit, Tensor x, Tensor share, Likelihood f)
      implements Op {
    /** Of each image. */
    public int samples() {
      return logit.rows() / x.rows();
    }

    @Override
    public List<Tensor> reads() {
      return List.of(logit, x, share);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(dLogit);
    }

    @Override
    public long flops() {
      return 20 * logit.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.weightedGradient(this);
    }
  }

  /**
   * From the importance-weighted bound to the heads, over an image's samples: with g = dz +
   * share·z, dmu = Σ g and dlogvar = ½ Σ (g·exp(logvar/2)·eps − share).
   *
   * @param dHeads [batch, 2·latent]: dmu, dlogvar
   * @param dz [batch·samples, latent]: what comes back through the decoder
   */
  record ImportanceBackward(
      Tensor dHeads, Tensor dz, Tensor z, Tensor eps, Tensor heads, Tensor share) implements Op {
    /** Of each image. */
    public int samples() {
      return z.rows() / heads.rows();
    }

    @Override
    public List<Tensor> reads() {
      return List.of(dz, z, eps, heads, share);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(dHeads);
    }

    @Override
    public long flops() {
      return 10 * z.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.importanceBackward(this);
    }
  }

  /**
   * dw = dyᵀ·x and db = Σ dy.
   *
   * @param dy [batch, out]
   * @param x [batch, in]
   */
  record Gradient(Linear layer, Tensor dy, Tensor x) implements Op {
    public Gradient {
      Shapes.require(layer.in() == x.cols(), "in = columns", layer.weight().value(), x);
      Shapes.require(layer.out() == dy.cols(), "out = columns", layer.weight().value(), dy);
      Shapes.require(x.rows() == dy.rows(), "same batch", x, dy);
    }

    @Override
    public List<Tensor> reads() {
      return List.of(dy, x);
    }

    @Override
    public List<Tensor> writes() {
      return layer.gradients();
    }

    @Override
    public long flops() {
      return 2L * layer.weight().value().size() * x.rows() + dy.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gradient(this);
    }
  }

  /** m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − stepSize·m / (√v·rootScale + eps). */
  record AdamStep(Linear layer, Adam adam) implements Op {
    @Override
    public List<Tensor> reads() {
      List<Tensor> all = new ArrayList<>(layer.state());
      all.addAll(layer.gradients());
      return all;
    }

    @Override
    public List<Tensor> writes() {
      return layer.state();
    }

    @Override
    public long flops() {
      return 13 * (layer.weight().value().size() + layer.out());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.adamStep(this);
    }
  }

  /**
   * Mean squared error, PSNR = 10·log₁₀(1 / MSE) and SSIM of each image, into row start + s. SSIM
   * as scikit-image's {@code structural_similarity(x, recon, data_range=1)}: 7x7 uniform windows
   * wholly inside, sample covariance (×49/48), K₁ = 0.01, K₂ = 0.03 (Wang et al., 2004). Where no
   * window fits, 0 stands for SSIM.
   *
   * @param figures [images, 3]: mse, psnr, ssim
   * @param recon [batch, height·width]
   */
  record ImageMetrics(Tensor figures, Tensor recon, Tensor x, int height, int width) implements Op {
    /** Side of SSIM's window. */
    public static final int WINDOW = 7;

    public ImageMetrics {
      Shapes.require(recon.rows() == x.rows() && recon.cols() == x.cols(), "same", recon, x);
      Shapes.require(x.cols() == height * width, height + "x" + width + " pixels", x, recon);
    }

    /** Whether SSIM's window fits into images of this size. */
    public static boolean hasSsim(int height, int width) {
      return height >= WINDOW && width >= WINDOW;
    }

    @Override
    public List<Tensor> reads() {
      return List.of(recon, x);
    }

    @Override
    public List<Tensor> writes() {
      return List.of(figures);
    }

    @Override
    public long flops() {
      long across = Math.max(0, width - WINDOW + 1);
      long windows = across * Math.max(0, height - WINDOW + 1);
      long sums = 5L * (WINDOW - 1) * (height * across + windows);
      return x.rows() * (sums + 20 * windows + 3L * x.cols());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.imageMetrics(this);
    }
  }
}
