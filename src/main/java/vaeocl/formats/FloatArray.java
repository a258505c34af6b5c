package vaeocl.formats;

import java.util.Arrays;

/**
 * A row-major array of 32-bit floats.
 *
 * @param shape the dimensions, each at least 1; {} is a single number
 * @param values as many as the product of the shape; not copied, so the caller must not change them
 */
@SuppressWarnings("ArrayRecordComponent") // weights are handed over, not copied
public record FloatArray(int[] shape, float[] values) {

  /**
   * @throws IllegalArgumentException if the shape does not fit the number of values
   */
  public FloatArray {
    long product = 1;
    for (int dim : shape) {
      product = dim < 1 || product < 0 || product > Integer.MAX_VALUE ? -1 : product * dim;
    }
    if (product != values.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not fit " + values.length + " values");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatArray that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatArray" + Arrays.toString(shape);
  }
}
