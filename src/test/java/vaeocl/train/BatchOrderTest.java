package vaeocl.train;

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

  private static BatchOrder known(int images, int batch, int latent, int together) {
    BatchOrder order = new BatchOrder(images, batch, latent, together);
    float[] mu = new float[images * latent];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = (float) Math.sin(i * 12.9898);
    }
    order.restore(mu);
    return order;
  }

  @ParameterizedTest
  @CsvSource({"1000, 128, 2, 6", "1000, 128, 3, 10", "7, 7, 1, 6", "130, 1, 2, 6", "99, 50, 20, 4"})
  void everyBatchKeepsItsImages(int images, int batch, int latent, int together) {
    int[] before = shuffled(images);
    int[] after = before.clone();
    known(images, batch, latent, together).arrange(after);
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
    BatchOrder line = new BatchOrder(480, 96, 1, 6);
    float[] mu = new float[480];
    IntStream.range(0, 480).forEach(i -> mu[i] = -i);
    line.restore(mu);
    line.arrange(order);
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
    BatchOrder order = known(1280, 128, 2, 8);
    int[] before = shuffled(1280);
    int[] after = before.clone();
    order.arrange(after);
    double spread = spread(order.mu(), before, 8);
    assertTrue(spread(order.mu(), after, 8) < 0.1 * spread, "variance within tiles");
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
  void nothingMovesWhereItMakesNoDifference() {
    int[] order = shuffled(100);
    int[] before = order.clone();
    known(100, 10, 2, 1).arrange(order);
    assertArrayEquals(before, order);
  }

  @Test
  void numbersThatAreNoneDoNotHang() {
    BatchOrder order = new BatchOrder(100, 50, 1, 4);
    float[] mu = new float[100];
    for (int i = 0; i < 100; i += 3) {
      mu[i] = Float.NaN;
    }
    order.restore(mu);
    int[] places = shuffled(100);
    order.arrange(places);
    assertArrayEquals(IntStream.range(0, 100).toArray(), Arrays.stream(places).sorted().toArray());
  }
}
