package vaeocl.formats;

import java.util.Arrays;

/**
 * A row-major array of 32-bit floats.
 *
 * @param shape the dimensions, each at least 1; {} is a single number
 * @param values as many as the product of the shape; not copied, so the caller must not change them
 */
@SuppressWarnings("ArrayRecordComponent") // weights are handed over, not copied
public record FloatArray(int[] shape, float[] values) implements NumberArray {

  /**
   * @throws IllegalArgumentException if the shape does not fit the number of values
   */
  public FloatArray {
    if (!NumberArray.fits(shape, values.length)) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not fit " + values.length + " values");
    }
  }

  /** The position of the first NaN or infinity among the values; -1 if there is none. */
  public int firstNotFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
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
