package vaeocl.formats;

import java.nio.file.Path;
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

  /**
   * Refuses values that no other program could use.
   *
   * @param file the file that holds them, or shall hold them
   * @param name the array's name there
   * @param remedy what to do about it
   * @throws FormatException if a value is infinite or not a number, saying where
   */
  void requireFinite(Path file, String name, String remedy) throws FormatException {
    int at = firstNotFinite();
    if (at >= 0) {
      throw new FormatException(
          file, "tensor " + name + " holds " + values[at] + " at index " + at + "; " + remedy);
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
