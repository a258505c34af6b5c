package vaeocl.report;

/** From latent space to pictures: a device, or {@link HostDecoder}. */
@FunctionalInterface
public interface Decoder {
  /**
   * Decodes {@code count} points.
   *
   * @param z [count, latent], row-major
   * @return [count, pixels], each value in [0, 1]
   */
  float[] decode(float[] z, int count);
}
