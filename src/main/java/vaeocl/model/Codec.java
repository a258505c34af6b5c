package vaeocl.model;

import java.util.List;
import java.util.Set;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * A trained net at work: images to codes, codes to images. Rows do not influence each other, so an
 * image's code is the same, to the bit, whatever it is encoded with.
 */
public final class Codec implements AutoCloseable {
  /** Rows at a time. */
  public static final int BATCH = 500;

  private final Backend backend;
  private final int latent;
  private final int pixels;
  private final Vae.Encoding encoding;
  private final Vae.Sample sample;
  private final Vae.Decoding decoding;
  private final Tensor order;
  private final Plan encode;
  private final Plan sampling;
  private final Plan decode;

  /** Uploads the weights and makes everything ready. */
  public Codec(Backend backend, SavedModel model) {
    this(backend, model.vae());
    Weights.write(backend, model.vae(), model.weights());
  }

  /** One with the weights that the backend has at the time, of a net in training, say. */
  public static Codec live(Backend backend, Vae vae) {
    return new Codec(backend, vae);
  }

  private Codec(Backend backend, Vae vae) {
    this.backend = backend;
    latent = vae.config().latent();
    pixels = vae.pixels();
    order = new Tensor("coded order", Role.DATASET, Type.I32, 1, BATCH);
    encoding = vae.encoding(BATCH);
    sample = vae.sample(BATCH, order);
    decoding = vae.decoding(BATCH);
    encode = backend.compile(encoding.ops(), Set.of(encoding.heads()));
    sampling = backend.compile(sample.ops(), Set.of(sample.z()));
    decode = backend.compile(decoding.ops(), Set.of(decoding.recon()));
  }

  /** Dimensions of a code. */
  public int latent() {
    return latent;
  }

  /**
   * Images to the parameters of q(z|x).
   *
   * @param images [N, pixels] in [0, 1]
   * @return [N, 2, latent]: mu, logvar
   */
  public float[] encode(Rows images) {
    return map(images, pixels, encoding.x(), encode, encoding.heads());
  }

  /**
   * Codes to images.
   *
   * @param z [N, latent]
   * @return [N, pixels] in [0, 1]
   */
  public float[] decode(Rows z) {
    return map(z, latent, decoding.z(), decode, decoding.recon());
  }

  /**
   * z = mu + exp(logvar/2)·eps with the noise that evaluation takes for images 0 … N − 1.
   *
   * @param codes [N, 2, latent]
   * @return [N, latent]
   */
  public float[] sample(float[] codes) {
    return map(Rows.of(codes, 2 * latent), 2 * latent, sample.heads(), sampling, sample.z());
  }

  /**
   * The left halves of codes.
   *
   * @param codes [N, 2, latent]
   * @return [N, latent]: mu
   */
  public static float[] mu(float[] codes, int latent) {
    return half(codes, latent, 0);
  }

  /**
   * The right halves of codes.
   *
   * @param codes [N, 2, latent]
   * @return [N, latent]: logvar
   */
  public static float[] logvar(float[] codes, int latent) {
    return half(codes, latent, latent);
  }

  private static float[] half(float[] codes, int latent, int offset) {
    float[] half = new float[codes.length / 2];
    for (int i = 0; i < half.length; i += latent) {
      System.arraycopy(codes, 2 * i + offset, half, i, latent);
    }
    return half;
  }

  /** Runs a plan over rows, a batch at a time; the last one is filled up with zeros. */
  private float[] map(Rows rows, int width, Tensor in, Plan plan, Tensor out) {
    if (rows.width() != width) {
      throw new IllegalArgumentException("rows of " + rows.width() + " where " + width + " belong");
    }
    float[] result = new float[Math.multiplyExact(rows.count(), out.cols())];
    for (int first = 0; first < rows.count(); first += BATCH) {
      int count = Math.min(BATCH, rows.count() - first);
      float[] batch = new float[BATCH * width];
      rows.copy(first, count, batch);
      backend.write(in, batch);
      backend.write(order, numbers(first));
      plan.run(new Batches(0, 0, 0, 1));
      float[] values = backend.read(out);
      System.arraycopy(values, 0, result, first * out.cols(), count * out.cols());
    }
    return result;
  }

  private static int[] numbers(int first) {
    int[] numbers = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      numbers[i] = first + i;
    }
    return numbers;
  }

  @Override
  public void close() {
    List.of(encode, sampling, decode).forEach(Plan::close);
  }
}
