package vaeocl.formats;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A row-major array of numbers of one type. */
public sealed interface NumberArray permits FloatArray, ByteArray {
  /** What a Java array can hold. */
  int MAX_VALUES = Integer.MAX_VALUE - 8;

  /** The dimensions, each at least 1; {} is a single number. */
  int[] shape();

  /** Whether {@code shape} has dimensions of at least 1 whose product is {@code length}. */
  static boolean fits(int[] shape, int length) {
    long product = 1;
    for (int dim : shape) {
      product = dim < 1 || product < 0 || product > Integer.MAX_VALUE ? -1 : product * dim;
    }
    return product == length;
  }

  /** {@code shape} as Python writes it: (60000, 28, 28). */
  static String describe(int[] shape) {
    String dims =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + dims + ",)" : "(" + dims + ")";
  }
}
