package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Adam;
import vaeocl.ops.LossWeights;

/** Weights and losses of epochs, worked out on paper. */
class CriterionTest {
  private static final int PIXELS = 8;
  private static final double EXACT = 1e-12;

  private static Criterion of(String... settings) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      texts.put(settings[i], settings[i + 1]);
    }
    return new Criterion(VaeConfig.parse(texts::get), PIXELS);
  }

  private static void assertBetas(Criterion c, double... expected) {
    double[] found = IntStream.range(0, expected.length).mapToDouble(c::beta).toArray();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], EXACT, "epoch " + i);
    }
  }

  @Test
  void betaRisesAsItIsTold() {
    assertBetas(of("beta", "4"), 4, 4, 4);
    assertBetas(of("beta", "4", "kl_warmup", "4"), 0, 1, 2, 3, 4, 4);
    assertBetas(of("beta", "2", "kl_cycle", "4"), 0, 1, 2, 2, 0, 1, 2, 2, 0);
    assertBetas(of("objective", "ae"), 0, 0);
  }

  @Test
  void theLossIsTheSumOfItsTerms() {
    LossSums sums = new LossSums(60, 10, 4);
    EpochLoss loss = of("beta", "2", "free_bits", "0.5").loss(sums, 2, 3, 0.5, 1);
    assertEquals(new EpochLoss(30 + 2 * 5 + 4, 30, 5, 4, 2, Double.NaN, 1), loss);
  }

  @Test
  void aGaussiansVarianceIsTheMeanSquareBefore() {
    Criterion learned = of("likelihood", "gaussian");
    assertEquals(0.5, learned.firstVariance());
    assertEquals(new LossWeights(1, 1), learned.weights(0, 0.5));
    assertEquals(new LossWeights(1, 2), learned.weights(1, 0.25));
    // Squares of 4 an image, at a variance of 1/4: 4·2 + 8·½·ln(2π/4)
    EpochLoss loss = learned.loss(new LossSums(8, 0, 0), 2, 1, 0.25, 1);
    assertEquals(8 + 4 * Math.log(Math.PI / 2), loss.recon(), EXACT);
    assertEquals(0.5, loss.variance(), "4 of 8 pixels");
    Criterion given = of("likelihood", "gaussian", "sigma", "0.1");
    assertEquals(0.01, given.firstVariance(), EXACT);
    assertEquals(0.01, given.loss(new LossSums(8, 0, 0), 2, 1, 0.01, 1).variance(), EXACT);
  }

  @Test
  void theBoundStandsAlone() {
    EpochLoss loss = of("objective", "iwae").loss(new LossSums(60, 10, 0), 2, 0, 0.5, 1);
    assertEquals(new EpochLoss(30, Double.NaN, 5, 0, 1, Double.NaN, 1), loss);
  }

  @Test
  void theLearningRateFallsAsHalfACosine() {
    Adam falling = new Adam(2, 0, 0, 0, 0).falling(4);
    assertEquals(2, falling.stepSize(1), EXACT);
    assertEquals(1 + Math.sqrt(0.5), falling.stepSize(2), EXACT);
    assertEquals(1, falling.stepSize(3), EXACT);
    assertEquals(1 - Math.sqrt(0.5), falling.stepSize(4), EXACT);
    assertEquals(2, new Adam(2, 0, 0, 0, 0).stepSize(4), EXACT);
  }

  @Test
  void unusedDimensionsAreNamed() {
    float[] mu = {1, 0.05f, -1, -0.05f};
    float[] logvar = {0, 0, 0, 0};
    LatentUse use = LatentUse.of(mu, logvar, 2);
    assertEquals(1, use.active());
    assertEquals(0.5, use.kl()[0], EXACT);
    assertEquals(1, use.variance()[0], EXACT);
    assertEquals(
        "1 of 2 dimensions are unused (z2 with a KL of 0.0013): posterior collapse; try --beta 0.5"
            + " or --kl-warmup 5",
        use.collapse().orElseThrow());
    assertEquals(true, LatentUse.of(new float[] {1, -1}, new float[2], 1).collapse().isEmpty());
  }

  @Test
  void mostOfTheNearestDecide() {
    float[] known = {0, 1, 2, 10, 11};
    byte[] classes = {1, 1, 2, 2, 2};
    float[] points = {0.4f, 9, 5};
    assertEquals(1, Neighbours.accuracy(known, classes, points, new byte[] {1, 2, 1}, 1, 3), EXACT);
    // The nearest of 5 is 2; of two with a vote each, its class wins.
    assertEquals(
        1.0 / 3, Neighbours.accuracy(known, classes, points, new byte[] {2, 1, 2}, 1, 1), EXACT);
  }
}
