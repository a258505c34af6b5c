package vaeocl.formats;

import java.util.Arrays;

/**
 * A row-major array of unsigned bytes.
 *
 * @param shape the dimensions, each at least 1; {} is a single number
 * @param values as many as the product of the shape, each 0..255; not copied, so the caller must
 *     not change them
 */
@SuppressWarnings("ArrayRecordComponent") // pictures are handed over, not copied
public record ByteArray(int[] shape, byte[] values) implements NumberArray {

  /**
   * @throws IllegalArgumentException if the shape does not fit the number of values
   */
  public ByteArray {
    if (!NumberArray.fits(shape, values.length)) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not fit " + values.length + " values");
    }
  }

  /** The same numbers as floats. */
  FloatArray floats() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(values[i]);
    }
    return new FloatArray(shape, floats);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteArray that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ByteArray" + Arrays.toString(shape);
  }
}
