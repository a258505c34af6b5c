package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One array in NumPy's .npy format, written row-major ("C order"), little-endian, as float32 or
 * uint8; read in either order, from any numbers that have a meaning here. The file is a magic
 * string, a version, the length of a header, the header (a Python dictionary) and then the values.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads {@code file}, which may come from a stranger: type and shape are checked against the
   * file's size before memory is asked for, and every float has to be finite.
   *
   * @return a {@link ByteArray} for integers that are all 0 to 255, whatever their type; a {@link
   *     FloatArray} for other numbers, which are rounded to float32
   * @throws FormatException if the file is missing, unreadable, of a type without numbers, or
   *     breaks any rule of the format
   */
  public static NumberArray read(Path file) throws FormatException {
    return InputFile.read(file, Npy::read);
  }

  /** As {@link #read(Path)}, from a file that is open. */
  static NumberArray read(InputFile in) throws IOException {
    NpyHeader header = NpyHeader.read(in);
    NumberType number = header.type().number();
    if (number == NumberType.UINT8 && !header.columns()) {
      return new ByteArray(header.shape(), in.bytes(header.count()));
    }
    float[] values = in.floats(header.count(), number, header.type().order());
    FloatArray array =
        header.columns()
            ? FloatArray.ofColumns(header.shape(), values)
            : new FloatArray(header.shape(), values);
    checkFinite(in.path(), array, "replace it before saving, for example by np.nan_to_num");
    Optional<ByteArray> bytes = number.isInteger() ? array.bytes() : Optional.empty();
    return bytes.<NumberArray>map(b -> b).orElse(array);
  }

  /** As {@link #read}, for a place where a byte is a number like any other. */
  public static FloatArray readFloats(Path file) throws FormatException {
    NumberArray array = read(file);
    return array instanceof ByteArray bytes ? bytes.floats() : (FloatArray) array;
  }

  /**
   * Writes {@code array} as version 1.0, its values beginning at a multiple of 64 bytes. The same
   * array gives the same bytes. The file appears whole or not at all.
   *
   * @throws FormatException if a value is not finite or the file cannot be written
   * @throws IllegalArgumentException if it has more dimensions than {@link #read} takes
   */
  public static void write(Path file, NumberArray array) throws FormatException {
    byte[] header = NpyHeader.of(array);
    if (array instanceof FloatArray floats) {
      // A file that read() would refuse must not replace one that it accepts.
      checkFinite(file, floats, "not written");
    }
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
          if (array instanceof FloatArray floats) {
            AtomicFile.writeFloats(channel, floats.values());
          } else if (array instanceof ByteArray bytes) {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes.values()));
          }
        });
  }

  private static void checkFinite(Path file, FloatArray array, String remedy)
      throws FormatException {
    int at = array.firstNotFinite();
    if (at < 0) {
      return;
    }
    int[] index = new int[array.shape().length];
    int rest = at;
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = rest % array.shape()[i];
      rest /= array.shape()[i];
    }
    throw new FormatException(
        file,
        "holds " + array.values()[at] + " at index " + NumberArray.describe(index) + "; " + remedy);
  }
}
