package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static byte[] labels(int images, int classes) {
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (i * 7 % classes);
    }
    return labels;
  }

  private static void assertTenOfEach(byte[] labels) {
    Pairs pairs = Pairs.of(labels, labels.length);
    assertEquals(10, pairs.same().size());
    assertEquals(10, pairs.different().size());
    Set<List<Integer>> seen = new HashSet<>();
    for (int[] pair : pairs.same()) {
      assertEquals(labels[pair[0]], labels[pair[1]]);
      assertNotEquals(pair[0], pair[1]);
    }
    for (int[] pair : pairs.different()) {
      assertNotEquals(labels[pair[0]], labels[pair[1]]);
    }
    for (int[] pair : pairs.all()) {
      assertTrue(seen.add(Arrays.stream(pair).sorted().boxed().toList()), "twice the same pair");
    }
    assertEquals(20, pairs.all().size());
  }

  @Test
  void thereAreTenOfEachKind() {
    assertTenOfEach(labels(500, 10));
    assertTenOfEach(labels(500, 26));
    assertTenOfEach(labels(100, 3));
    assertTenOfEach(labels(100, 2));
    byte[] labels = labels(500, 10);
    Pairs pairs = Pairs.of(labels, 500);
    for (int digit = 0; digit < 10; digit++) {
      assertEquals(digit, labels[pairs.same().get(digit)[0]]);
      assertEquals(digit, labels[pairs.different().get(digit)[0]]);
      assertEquals((digit + 3) % 10, labels[pairs.different().get(digit)[1]]);
    }
  }

  @Test
  void fewImagesMakeFewPairs() {
    assertEquals(2, Pairs.of(new byte[] {4, 5}, 2).different().size()); // there and back
    assertEquals(0, Pairs.of(new byte[] {4, 5}, 2).same().size());
    assertEquals(0, Pairs.of(new byte[] {4, 4}, 2).different().size());
    assertEquals(1, Pairs.of(new byte[] {4, 4}, 2).same().size());
    assertEquals(0, Pairs.of(new byte[] {4}, 1).all().size());
  }

  @Test
  void withoutLabelsAnyTwoMakeAPair() {
    Pairs pairs = Pairs.of(null, 100);
    assertEquals(20, pairs.same().size());
    assertEquals(0, pairs.different().size());
    assertEquals(39, pairs.same().get(19)[1]);
    assertEquals(0, Pairs.of(null, 1).all().size());
    assertEquals(1, Pairs.of(null, 3).all().size());
  }
}
