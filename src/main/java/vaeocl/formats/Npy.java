package vaeocl.formats;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One array in NumPy's .npy format: row-major ("C order"), little-endian, of float32 or uint8. The
 * file is a magic string, a version, the length of a header, the header (a Python dictionary) and
 * then the values.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads {@code file}, which may come from a stranger: type and shape are checked against the
   * file's size before memory is asked for, and every float has to be finite.
   *
   * @return a {@link FloatArray} for float32, a {@link ByteArray} for uint8
   * @throws FormatException if the file is missing, unreadable, of another type or order, or breaks
   *     any rule of the format
   */
  public static NumberArray read(Path file) throws FormatException {
    return InputFile.read(
        file,
        in -> {
          NpyHeader header = NpyHeader.read(in);
          if (header.element() == NpyHeader.Element.UINT8) {
            return new ByteArray(header.shape(), in.bytes(header.count()));
          }
          FloatArray array = new FloatArray(header.shape(), in.floats(header.count()));
          checkFinite(file, array, "replace it before saving, for example by np.nan_to_num");
          return array;
        });
  }

  /**
   * As {@link #read}, for a place where only floats make sense.
   *
   * @throws FormatException also if the file holds uint8
   */
  public static FloatArray readFloats(Path file) throws FormatException {
    if (read(file) instanceof FloatArray floats) {
      return floats;
    }
    throw new FormatException(
        file, "holds uint8 where float32 is needed; save it with .astype(np.float32)");
  }

  /**
   * Writes {@code array} as version 1.0, its values beginning at a multiple of 64 bytes. The same
   * array gives the same bytes. The file appears whole or not at all.
   *
   * @throws FormatException if a value is not finite or the file cannot be written
   * @throws IllegalArgumentException if it has more dimensions or values than {@link #read} takes
   */
  public static void write(Path file, NumberArray array) throws FormatException {
    byte[] header = NpyHeader.of(array).bytes();
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
