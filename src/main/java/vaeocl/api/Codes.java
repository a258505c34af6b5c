package vaeocl.api;

import java.util.Arrays;
import vaeocl.model.Codec;
import vaeocl.model.LatentUse;

/**
 * The parameters of q(z|x) for N images: a normal distribution for each, its dimensions
 * independent.
 *
 * @param latent dimensions of z
 * @param mu [N, latent]: means
 * @param logvar [N, latent]: natural logarithms of variances
 */
@SuppressWarnings("ArrayRecordComponent") // made for whoever gets them
public record Codes(int latent, float[] mu, float[] logvar) {
  /**
   * Checks the sizes.
   *
   * @param latent dimensions of z
   * @param mu [N, latent]: means; not copied
   * @param logvar [N, latent]: natural logarithms of variances; not copied
   * @throws RequestException if they do not fit each other
   */
  public Codes {
    if (latent < 1 || mu.length % latent != 0 || mu.length != logvar.length) {
      throw new RequestException(
          "%d means and %d variances are no codes of %d dimensions"
              .formatted(mu.length, logvar.length, latent));
    }
  }

  /** From what a net's heads hold, [N, 2, latent]. */
  static Codes of(float[] heads, int latent) {
    return new Codes(latent, Codec.mu(heads, latent), Codec.logvar(heads, latent));
  }

  /**
   * How many images were encoded.
   *
   * @return N
   */
  public int count() {
    return mu.length / latent;
  }

  /**
   * An image's mean.
   *
   * @param i its number, from 0
   * @return [latent], a copy
   */
  public float[] mu(int i) {
    return Arrays.copyOfRange(mu, i * latent, (i + 1) * latent);
  }

  /**
   * Means and variances side by side, as {@code encode} writes them into an .npy file.
   *
   * @return [N, 2, latent]
   */
  public float[] heads() {
    float[] heads = new float[2 * mu.length];
    for (int i = 0; i < mu.length; i += latent) {
      System.arraycopy(mu, i, heads, 2 * i, latent);
      System.arraycopy(logvar, i, heads, 2 * i + latent, latent);
    }
    return heads;
  }

  /**
   * Which dimensions say something of the images.
   *
   * @return each dimension's KL in nats, and how many are active: those with a variance of mu over
   *     0.01
   * @see <a href="https://arxiv.org/abs/1509.00519">Burda, Grosse and Salakhutdinov: Importance
   *     Weighted Autoencoders</a>
   */
  public LatentUse use() {
    return LatentUse.of(mu, logvar, latent);
  }
}
