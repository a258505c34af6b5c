package vaeocl.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import vaeocl.data.Images;

/**
 * How much of a data set is not zero, and how much of it a product walks through that skips zeros
 * by tiles.
 *
 * @param pixels share of pixels that are not zero
 * @param rowTiles share of (tile of images, pixel) in which any image has ink: fc1's forward pass
 * @param columnTiles share of (tile of pixels, image) in which any pixel has ink: fc1's gradient
 */
record Density(double pixels, double rowTiles, double columnTiles) {
  /** Nothing is skipped. */
  static final Density FULL = new Density(1, 1, 1);

  /** Counts over the images in the order given. */
  static Density of(Images images, int[] order, int tile) {
    int size = images.size();
    byte[] data = images.pixels();
    long ink =
        IntStream.range(0, images.count())
            .parallel()
            .mapToLong(
                i -> IntStream.range(i * size, (i + 1) * size).filter(j -> data[j] != 0).count())
            .sum();
    long rows =
        IntStream.range(0, images.count() / tile)
            .parallel()
            .mapToLong(
                t ->
                    IntStream.range(0, size)
                        .filter(
                            p ->
                                Arrays.stream(order, t * tile, (t + 1) * tile)
                                    .anyMatch(i -> data[i * size + p] != 0))
                        .count())
            .sum();
    int columnTiles = (size + tile - 1) / tile;
    long columns =
        IntStream.range(0, images.count())
            .parallel()
            .mapToLong(
                i ->
                    IntStream.range(0, columnTiles)
                        .filter(
                            t ->
                                IntStream.range(t * tile, Math.min(size, (t + 1) * tile))
                                    .anyMatch(p -> data[i * size + p] != 0))
                        .count())
            .sum();
    double count = images.count();
    return new Density(
        ink / (count * size),
        rows / (count - images.count() % tile) * tile / size,
        columns / (count * columnTiles));
  }
}
