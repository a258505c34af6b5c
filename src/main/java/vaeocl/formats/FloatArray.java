package vaeocl.formats;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

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

  /**
   * An array whose values are given column by column ("Fortran order"): first dimension fastest.
   *
   * @throws IllegalArgumentException if the shape does not fit the number of values
   */
  static FloatArray ofColumns(int[] shape, float[] values) {
    FloatArray array = new FloatArray(shape, new float[values.length]);
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    int[] index = new int[shape.length];
    int at = 0;
    for (float value : values) {
      array.values[at] = value;
      for (int d = 0; d < index.length; d++) {
        at += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= shape[d] * strides[d];
        index[d] = 0;
      }
    }
    return array;
  }

  /** The same numbers as bytes, where all are whole and 0 to 255. */
  Optional<ByteArray> bytes() {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
      if (Byte.toUnsignedInt(bytes[i]) != values[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(new ByteArray(shape, bytes));
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
