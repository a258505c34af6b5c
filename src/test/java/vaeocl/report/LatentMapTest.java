package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatentMapTest {
  @Test
  void principalAxesAreFound() {
    // Spread 3 along (3, 4, 0)/5, 1 along (-4, 3, 0)/5, a little along the third dimension.
    SplittableRandom random = new SplittableRandom(5);
    int count = 4000;
    float[] points = new float[3 * count];
    for (int i = 0; i < count; i++) {
      double a = 3 * (2 * random.nextDouble() - 1);
      double b = 2 * random.nextDouble() - 1;
      points[3 * i] = (float) (10 + 0.6 * a - 0.8 * b);
      points[3 * i + 1] = (float) (0.8 * a + 0.6 * b);
      points[3 * i + 2] = (float) (0.01 * random.nextDouble());
    }
    PrincipalAxes axes = PrincipalAxes.of(points, count, 3);
    assertArrayEquals(new double[] {0.6, 0.8, 0}, axes.axes()[0], 0.02);
    assertArrayEquals(new double[] {0.8, -0.6, 0}, axes.axes()[1], 0.02);
    assertArrayEquals(new double[] {10, 0, 0.005}, axes.origin(), 0.1);
    assertEquals(0.9, axes.shares()[0], 0.01);
    assertEquals(0.1, axes.shares()[1], 0.01);
  }

  @Test
  void manyDimensionsKeepThoseThatVary() {
    int size = 300;
    float[] points = new float[4 * size];
    points[250] = 8;
    points[size + 250] = -8;
    points[2 * size + 7] = 1;
    points[3 * size + 7] = -1;
    PrincipalAxes axes = PrincipalAxes.of(points, 4, size);
    assertEquals(1, axes.axes()[0][250], 1e-9);
    assertEquals(1, axes.axes()[1][7], 1e-9);
  }

  @Test
  void placeOnTheMapLeadsBackToTheMean() {
    RunData run = SmallRun.of(20, 200);
    Latents latents = Latents.of(run.mu(), run.logvar(), 200);
    LatentMap map = LatentMap.of(latents, null);
    double[] full = new double[20];
    double[] onMap = new double[20];
    for (int d = 0; d < 20; d++) {
      full[d] = latents.row(7)[d] - map.origin()[d];
      onMap[d] = map.x()[7] * map.axes()[0][d] + map.y()[7] * map.axes()[1][d];
    }
    double left = 0;
    for (int d = 0; d < 20; d++) {
      left += (full[d] - onMap[d]) * map.axes()[0][d];
    }
    assertEquals(0, left, 1e-5, "what is left over lies across the map");
    assertTrue(map.note().startsWith("the two principal axes of 20 latent dimensions"), map.note());
  }

  @Test
  void twoLatentsAreTheirOwnMap() {
    Latents latents = Latents.of(new float[] {1, 2, -3, 4}, null, 2);
    LatentMap map = LatentMap.of(latents, null);
    assertArrayEquals(new float[] {1, -3}, map.x());
    assertArrayEquals(new float[] {2, 4}, map.y());
    double[] b = map.bounds();
    assertEquals(b[1] - b[0], b[3] - b[2], 1e-9, "one scale on both axes");
  }

  @Test
  void oneLatentIsAStripForEachClass() {
    Classes classes = Classes.of(new byte[] {9, 4, 9}, "digit");
    LatentMap map = LatentMap.of(Latents.of(new float[] {1, 2, 3}, null, 3), classes);
    assertArrayEquals(new float[] {1, 2, 3}, map.x());
    assertEquals(
        List.of(9, 4, 9), List.of(round(map.y()[0]), round(map.y()[1]), round(map.y()[2])));
  }

  private static int round(float value) {
    return Math.round(value);
  }

  @Test
  void klIsThatOfNormals() {
    float[] mu = {2, 0, 0, 0};
    float[] logvar = {0, (float) Math.log(4), 0, 0};
    Latents latents = Latents.of(mu, logvar, 2);
    // ½·2² = 2 and ½·(4 − 1 − ln 4), each halved by the picture that has none.
    assertArrayEquals(new double[] {1, 0.25 * (3 - Math.log(4))}, latents.kl(), 1e-6);
    assertArrayEquals(new int[] {0, 1}, latents.byKl());
    float[] overflow = {0, 0, 0, 1000};
    assertEquals(null, Latents.of(mu, overflow, 2).kl());
  }

  @Test
  void namesOfManyClassesDoNotCoverEachOther() {
    byte[] labels = new byte[470];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i / 10);
    }
    Classes classes = Classes.of(labels, "class");
    float[] mu = SmallRun.of(2, 470).mu();
    LatentMap map = LatentMap.of(Latents.of(mu, null, 470), classes);
    Set<List<Double>> places = new HashSet<>();
    for (double[] place : map.places(classes)) {
      places.add(List.of(place[0], place[1]));
    }
    assertEquals(47, places.size());
  }

  @Test
  void namesStandWhereTheirClassIs() {
    RunData run = SmallRun.of(2, 500);
    Classes classes = Classes.of(run.labels(), "digit");
    LatentMap map = LatentMap.of(Latents.of(run.mu(), null, 500), classes);
    double[][] places = map.places(classes);
    assertEquals(10, places.length);
    for (int c = 0; c < places.length; c++) {
      double nearest = Double.MAX_VALUE;
      for (int i = 0; i < 500; i++) {
        if (classes.of(i) == c) {
          double d = Math.hypot(map.x()[i] - places[c][0], map.y()[i] - places[c][1]);
          nearest = Math.min(nearest, d);
        }
      }
      assertTrue(nearest < 0.25, "class " + c + ": " + nearest);
    }
  }
}
