package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final byte[][] THREE = {{1, 2}, {3, 4}, {5, 6}};

  @Test
  void picturesStandInRows() {
    byte[] expected = {1, 2, 9, 3, 4, 9, 9, 9, 9, 9, 5, 6, 9, 9, 9};
    assertEquals(new GreyImage(3, 5, expected), Sheet.even(1, 2, 2, 1, 9).of(THREE));
    byte[] all = {1, 2, 3, 4, 5, 6};
    assertEquals(new GreyImage(1, 6, all), Sheet.even(1, 2, 100, 0, 9).of(THREE));
    assertEquals(new GreyImage(6, 1, all), Sheet.even(2, 1, 1, 0, 9).of(THREE));
  }

  @Test
  void picturesAreZoomedAndColumnsStandApart() {
    Sheet sheet = new Sheet(1, 2, 3, 2, i -> i - 1, i -> 5, 9);
    byte[] row = {1, 1, 2, 2, 3, 3, 4, 4, 9, 5, 5, 6, 6};
    byte[] expected = Arrays.copyOf(row, 2 * row.length);
    System.arraycopy(row, 0, expected, row.length, row.length);
    assertEquals(new GreyImage(2, 13, expected), sheet.of(THREE));
  }

  @Test
  void whatMakesNoSheetIsRefused() {
    int[][] bad = {
      {0, 2, 1, 0, 0},
      {1, 0, 1, 0, 0},
      {1, 4, 1, 0, 0},
      {1, 2, 0, 0, 0},
      {1, 2, 1, -1, 0},
      {1, 2, 1, 0, 256},
      {1, 2, 1, 0, -1},
      {1, 2, 3, 1 << 30, 0},
      {1, 2, 1, 1 << 30, 0},
      {1 << 16, 1 << 16, 1, 0, 0}
    };
    for (int[] b : bad) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Sheet.even(b[0], b[1], b[2], b[3], b[4]).of(THREE),
          Arrays.toString(b));
    }
    assertThrows(IllegalArgumentException.class, () -> Sheet.even(1, 1, 1, 0, 0).of(new byte[0][]));
    assertThrows(
        IllegalArgumentException.class, () -> new Sheet(1, 2, 1, 0, i -> 0, i -> 0, 0).of(THREE));
    assertThrows(
        IllegalArgumentException.class, () -> new Sheet(1, 2, 3, 1, i -> -1, i -> 0, 0).of(THREE));
  }
}
