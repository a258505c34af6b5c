package vaeocl.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.locality.Locality;
import vaeocl.model.Codec;
import vaeocl.model.Evidence;
import vaeocl.model.LatentPoints;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Backend;
import vaeocl.ops.Likelihood;
import vaeocl.train.Comparison;
import vaeocl.train.Evaluator;
import vaeocl.train.ImportanceSampler;
import vaeocl.train.LossEvaluator;
import vaeocl.train.Parts;
import vaeocl.train.RunFolder;
import vaeocl.train.Ticker;

/**
 * A trained net on a device. Its encoder gives q(z|x) = N(mu, exp(logvar)), its decoder draws an
 * image for a point z of the latent space. Images do not influence each other.
 *
 * <p>Methods that compute throw {@link OverflowException} where the net's numbers are not finite,
 * and {@link RequestException} for images of another size.
 *
 * <p>Longer than 250 lines: most of them say shapes and units.
 */
public final class Model implements AutoCloseable {
  private final SavedModel saved;
  private final Backend backend;
  private final Locality locality;
  private Codec codec;

  private Model(SavedModel saved, Backend backend, Locality locality) {
    this.saved = saved;
    this.backend = backend;
    this.locality = locality;
  }

  /**
   * Reads a model and brings it to a device.
   *
   * @param model a run's folder, or a .safetensors file of this program or of PyTorch
   * @param device to be closed after the model
   * @return the model, to be closed
   * @throws FormatException if there is none, it is damaged, or not of the run in whose folder it
   *     is
   * @throws IOException if it cannot be read
   */
  public static Model load(Path model, Device device) throws IOException {
    Path file = file(model);
    boolean run = Files.isDirectory(model);
    return of(run ? RunFolder.open(model).savedModel() : SavedModel.read(file), device);
  }

  /**
   * Brings a model to a device.
   *
   * @param saved its settings and weights
   * @param device to be closed after the model
   * @return the model, to be closed
   */
  public static Model of(SavedModel saved, Device device) {
    DeviceBackend backend = device.backend();
    return new Model(saved, backend, Locality.suiting(backend.neighbours()));
  }

  /**
   * Brings a model to a backend of the caller's own, the reference in double precision say.
   *
   * @param backend which the model closes
   * @param saved its settings and weights
   * @return the model, to be closed
   */
  public static Model on(Backend backend, SavedModel saved) {
    return new Model(saved, backend, Locality.NONE);
  }

  /**
   * The file that holds a model.
   *
   * @param model a run's folder, or the file itself
   * @return the file
   * @throws FormatException if the folder holds no run, or one without a finished epoch
   */
  public static Path file(Path model) throws FormatException {
    if (!Files.isDirectory(model)) {
      return model;
    }
    Path file = RunFolder.open(model).model();
    if (!Files.exists(file)) {
      throw new FormatException(
          model, "holds no model yet, since no epoch is finished; go on with train --resume");
    }
    return file;
  }

  /**
   * Writes the model with PyTorch's names and layout, [out, in].
   *
   * @param file ends in .safetensors; replaced whole where it is there
   * @throws vaeocl.formats.WriteException if it cannot be written
   */
  public void save(Path file) throws IOException {
    Map<String, String> metadata = new TreeMap<>(saved.description(RunConditions.version()));
    metadata.putAll(saved.metadata());
    Safetensors.write(file, saved.weights(), metadata);
  }

  /**
   * The net's settings, weights and metadata.
   *
   * @return as a file has them
   */
  public SavedModel saved() {
    return saved;
  }

  /**
   * Dimensions of z.
   *
   * @return at least 1
   */
  public int latent() {
    return saved.config().latent();
  }

  /**
   * Images to codes.
   *
   * @param images N of the model's size
   * @return mu and logvar, [N, latent] each
   */
  public Codes encode(Images images) {
    float[] heads = codec().encode(requireSize(images).rows());
    return Codes.of(
        OverflowException.refused(heads, 2 * latent(), "mu and logvar of image"), latent());
  }

  /**
   * Points of the latent space to images.
   *
   * @param z [N, latent], one point after the other
   * @return N images
   * @throws RequestException if these are no whole points
   */
  public Images decode(float... z) {
    if (z.length % latent() != 0) {
      throw new RequestException(
          "%d numbers are no points of %d dimensions".formatted(z.length, latent()));
    }
    return decode(Rows.of(z, latent()));
  }

  /**
   * As {@link #decode(float...)}, of points that are read a few at a time.
   *
   * @param z [N, latent]
   * @return N images
   */
  public Images decode(Rows z) {
    int pixels = saved.height() * saved.width();
    float[] drawn = OverflowException.refused(codec().decode(z), pixels, "pixels of image");
    return Images.of(Rows.of(drawn, pixels), saved);
  }

  /**
   * Images through the latent space and back.
   *
   * @param images N of the model's size
   * @param sampled from z = mu + exp(logvar/2)·eps, with the noise of evaluations; else from mu
   * @return N images
   */
  public Images reconstruct(Images images, boolean sampled) {
    float[] heads = codec().encode(requireSize(images).rows());
    return decode(Rows.of(sampled ? codec.sample(heads) : Codec.mu(heads, latent()), latent()));
  }

  /**
   * Images that nobody drew: z from the prior N(0, 1).
   *
   * @param count N
   * @param seed decides them; image i depends on it and on i alone
   * @return N images
   */
  public Images generate(int count, long seed) {
    return decode(LatentPoints.prior(seed, count, latent()));
  }

  /**
   * Images over two dimensions of the latent space, at the prior's quantiles (i + ½) / n; all other
   * dimensions are 0.
   *
   * @param n images on a side
   * @return n·n images, rows from the top
   * @throws RequestException if z has one dimension
   */
  public Images manifold(int n) {
    if (latent() < 2) {
      throw new RequestException("a manifold needs two latent dimensions, this model has one");
    }
    return decode(LatentPoints.grid(n, latent(), 0, 1));
  }

  /**
   * Images as this net is evaluated on them: where it was trained on pixels that became 0 or 1 once
   * ({@code binarize fixed}, or {@code dynamic}), by chance from the seed; else as they are.
   *
   * @param images of a test set, in its order
   * @return as many
   */
  public Images asEvaluated(Images images) {
    return Images.of(Parts.evaluated(images.levels(), saved.config()), images.labels());
  }

  /**
   * Measures reconstructions and the bound on log p(x).
   *
   * @param images of a test set, taken {@link #asEvaluated}
   * @return means over them: MSE of a pixel, PSNR in dB, SSIM; losses in nats
   */
  public Evaluation evaluate(Images images) {
    Vae vae = saved.vae();
    vaeocl.data.Images test = asEvaluated(requireSize(images)).levels();
    Evaluator.Result r;
    try (Evaluator evaluator = new Evaluator(backend, locality, vae, test)) {
      Weights.write(backend, vae, saved.weights());
      r = evaluator.evaluate();
    }
    OverflowException.refuse(r);
    double error = r.sampled().mse() * vae.pixels(); // of a squared error
    if (vae.config().likelihood().code() != Likelihood.MSE.code()) {
      try (LossEvaluator losses = new LossEvaluator(backend, vae, test, "tested")) {
        error = losses.evaluate().error();
      }
    }
    Evidence evidence = Evidence.of(saved, error, r.kl(), test.binary());
    return new Evaluation(r.sampled(), r.mean(), evidence);
  }

  /**
   * The evidence lower bound of images.
   *
   * @param images of a test set, taken {@link #asEvaluated}
   * @return nats an image, a mean over them
   */
  public double elbo(Images images) {
    return evaluate(images).elbo();
  }

  /**
   * Estimates ln p(x) by importance sampling with q(z|x).
   *
   * @param images of a test set, taken {@link #asEvaluated}
   * @param samples of each image; papers take 5,000
   * @param ticker hears of rounds that are done, and of how many there are
   * @return nats an image, and the standard error of the mean
   * @see <a href="https://arxiv.org/abs/1509.00519">Burda, Grosse and Salakhutdinov: Importance
   *     Weighted Autoencoders</a>
   */
  public ImportanceSampler.Result logLikelihood(Images images, int samples, Ticker ticker) {
    codec(); // which brings the weights
    vaeocl.data.Images test = asEvaluated(requireSize(images)).levels();
    try (ImportanceSampler sampler = new ImportanceSampler(backend, saved, test, samples)) {
      return sampler.estimate(ticker);
    }
  }

  /**
   * Measures pictures of any origin against images.
   *
   * @param originals the images
   * @return what measures, to be closed before the model
   */
  public Comparison comparison(Images originals) {
    return new Comparison(backend, originals.levels());
  }

  /**
   * Where the net computes, for operations of the caller's own; closed with the model.
   *
   * @return the device's memory and plans
   */
  public Backend backend() {
    return backend;
  }

  private Codec codec() {
    if (codec == null) {
      codec = new Codec(backend, saved);
    }
    return codec;
  }

  private Images requireSize(Images images) {
    if (images.height() != saved.height() || images.width() != saved.width()) {
      throw new RequestException(
          "the model is one of %dx%d images, these have %dx%d"
              .formatted(saved.height(), saved.width(), images.height(), images.width()));
    }
    return images;
  }

  /** Frees the device's memory. */
  @Override
  public void close() {
    if (codec != null) {
      codec.close();
    }
    backend.close();
  }
}
