package vaeocl.model;

import java.util.function.Function;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Sheet;

/**
 * What a decoder draws over one or two axes of the latent space, see {@link LatentPoints#plane}.
 *
 * @param side pictures along an axis
 * @param latent dimensions of z
 * @param z the points, [side^axes, latent]
 */
@SuppressWarnings("ArrayRecordComponent") // built here, read once
public record Manifold(int side, int latent, float[] z) {
  /** Over the first two of some dimensions; over the only one. */
  public static Manifold along(int side, int latent, int... dimensions) {
    int[] two = latent > 1 ? new int[] {dimensions[0], dimensions[1]} : new int[] {0};
    return new Manifold(side, latent, LatentPoints.grid(side, latent, two));
  }

  /** Over axes of any direction, [latent] each. */
  public static Manifold along(int side, float[]... axes) {
    return new Manifold(side, axes[0].length, LatentPoints.plane(side, axes));
  }

  /**
   * The pictures, from the top left.
   *
   * @param decoder from [N, latent] to [N, pixels] in [0, 1]
   * @return [N][pixels]
   */
  public byte[][] pictures(int pixels, Function<Rows, float[]> decoder) {
    return GreyImage.levels(decoder.apply(Rows.of(z, latent)), pixels);
  }

  /** All of them on one sheet without gaps, none with a side longer than so many pixels. */
  public GreyImage sheet(int rows, int cols, int longest, Function<Rows, float[]> decoder) {
    double scale = Math.min(1, (double) longest / Math.max(rows, cols));
    int toRows = (int) Math.max(1, Math.round(scale * rows));
    int toCols = (int) Math.max(1, Math.round(scale * cols));
    byte[][] pictures = pictures(rows * cols, decoder);
    return Sheet.even(toRows, toCols, side, 0, 0)
        .of(
            pictures.length,
            i -> new GreyImage(rows, cols, pictures[i]).scaled(toRows, toCols).pixels());
  }
}
