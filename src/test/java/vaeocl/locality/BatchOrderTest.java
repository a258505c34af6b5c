package vaeocl.locality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** Batches keep their images, and what is near comes side by side. */
class BatchOrderTest {
  private static int[] shuffled(int count) {
    return Philox.permutation(5, Stream.SHUFFLE, 1, count);
  }

  private static float[] mu(int count) {
    float[] mu = new float[count];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = (float) Math.sin(i * 12.9898);
    }
    return mu;
  }

  @ParameterizedTest
  @CsvSource({"1000, 128, 2, 6", "1000, 128, 3, 10", "7, 7, 1, 6", "130, 1, 2, 6", "99, 50, 20, 4"})
  void everyBatchKeepsItsImages(int images, int batch, int latent, int neighbours) {
    int[] before = shuffled(images);
    int[] after = before.clone();
    new BatchOrder(batch, latent, neighbours).arrange(after, mu(images * latent));
    for (int from = 0; from < images; from += batch) {
      int to = Math.min(images, from + batch);
      int[] had = Arrays.copyOfRange(before, from, to);
      int[] has = Arrays.copyOfRange(after, from, to);
      Arrays.sort(had);
      Arrays.sort(has);
      assertArrayEquals(had, has, "batch from " + from);
    }
  }

  @Test
  void onALineTilesFollowEachOther() {
    int[] order = shuffled(480);
    float[] mu = new float[480];
    IntStream.range(0, 480).forEach(i -> mu[i] = -i);
    new BatchOrder(96, 1, 6).arrange(order, mu);
    for (int from = 0; from < 480; from += 96) {
      for (int tile = from + 6; tile < from + 96; tile += 6) {
        int least = Arrays.stream(order, tile - 6, tile).min().orElseThrow();
        int greatest = Arrays.stream(order, tile, tile + 6).max().orElseThrow();
        assertTrue(least > greatest, "a tile of smaller mu comes first: " + tile);
      }
    }
  }

  @Test
  void tilesAreTighterThanByChance() {
    float[] mu = mu(2 * 1280);
    int[] before = shuffled(1280);
    int[] after = before.clone();
    new BatchOrder(128, 2, 8).arrange(after, mu);
    double spread = spread(mu, before, 8);
    assertTrue(spread(mu, after, 8) < 0.1 * spread, "variance within tiles");
  }

  private static double spread(float[] mu, int[] order, int tile) {
    double sum = 0;
    for (int from = 0; from < order.length; from += tile) {
      for (int d = 0; d < 2; d++) {
        int dim = d;
        double[] values =
            Arrays.stream(order, from, from + tile).mapToDouble(i -> mu[2 * i + dim]).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        sum += Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      }
    }
    return sum;
  }

  @Test
  void numbersThatAreNoneDoNotHang() {
    float[] mu = new float[100];
    for (int i = 0; i < 100; i += 3) {
      mu[i] = Float.NaN;
    }
    int[] places = shuffled(100);
    new BatchOrder(50, 1, 4).arrange(places, mu);
    assertArrayEquals(IntStream.range(0, 100).toArray(), Arrays.stream(places).sorted().toArray());
  }
}
