package vaeocl.formats;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes as in MNIST's IDX files: two zero bytes, the type (8 = unsigned byte),
 * the number of dimensions, then each dimension as a big-endian 32-bit count, then the elements,
 * last dimension fastest.
 *
 * @param dims {count} for labels, {count, rows, cols} for images; each at least 1
 * @param data the elements, unsigned; not copied, so treat it as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // 47 MB of pixels are shared, not copied
public record Idx(int[] dims, byte[] data) {
  private static final int UNSIGNED_BYTE = 8;

  /** Deflate cannot pack tighter than about 1032:1, so a small file cannot hold a large array. */
  private static final long MAX_RATIO = 1032;

  /** What an IDX file of MNIST's kind holds; the number of dimensions tells them apart. */
  public enum Kind {
    /** One class a record: {count}. */
    LABELS(1),
    /** One picture a record: {count, rows, cols}. */
    IMAGES(3);

    private final int rank;

    Kind(int rank) {
      this.rank = rank;
    }

    private static String describe(int rank) {
      return switch (rank) {
        case 1 -> "labels (1 dimension)";
        case 3 -> "images (3 dimensions)";
        default -> rank + " dimensions";
      };
    }
  }

  /**
   * @throws IllegalArgumentException if there are not 1 or 3 dimensions, or they do not fit the
   *     data
   */
  public Idx {
    if ((dims.length != 1 && dims.length != 3) || elements(dims) != data.length) {
      throw new IllegalArgumentException(
          "IDX dimensions " + Arrays.toString(dims) + " do not fit " + data.length + " bytes");
    }
  }

  /**
   * Reads {@code file}, gzip-packed or not (told by its first bytes, not by its name). Everything
   * is checked against the size of the file before memory is asked for.
   *
   * @param kind what the file has to hold
   * @throws FormatException if the file is missing, unreadable, of another kind, truncated, damaged
   *     or followed by anything
   */
  public static Idx read(Path file, Kind kind) throws FormatException {
    InputFile.requireRegular(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      if (!gzip) {
        return read(file, kind, raw, false);
      }
      try (InputStream unpacked = new StrictGzip(raw)) {
        return read(file, kind, unpacked, true);
      }
    } catch (EOFException e) {
      throw new FormatException(file, "truncated gzip data; copy or download it again", e);
    } catch (ZipException e) {
      String what = e.getMessage() == null ? "bad block" : e.getMessage();
      throw new FormatException(
          file, "damaged gzip data (" + what + "); copy or download it again", e);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static Idx read(Path file, Kind kind, InputStream in, boolean gzip) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length == 0) {
      throw new FormatException(file, "the file is empty; copy or download it again");
    }
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new FormatException(file, "not an IDX file (it has to begin with two zero bytes)");
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new FormatException(
          file, "element type " + (magic[2] & 0xff) + ", but only unsigned bytes (8) are read");
    }
    if (magic[3] != kind.rank) {
      throw new FormatException(
          file,
          "holds "
              + Kind.describe(magic[3] & 0xff)
              + " where "
              + Kind.describe(kind.rank)
              + " are expected; were files swapped or renamed?");
    }
    byte[] head = in.readNBytes(4 * kind.rank);
    if (head.length < 4 * kind.rank) {
      throw new FormatException(file, "truncated within its header; copy or download it again");
    }
    int[] dims = new int[kind.rank];
    ByteBuffer.wrap(head).asIntBuffer().get(dims);
    checkPromise(file, dims, 4L + head.length, gzip);

    byte[] data = new byte[(int) elements(dims)];
    int there = in.readNBytes(data, 0, data.length); // no second copy, as 47 MB matter
    if (there < data.length) {
      throw new FormatException(
          file, "truncated: " + there + " of " + data.length + " bytes; copy or download it again");
    }
    if (in.read() >= 0) {
      throw new FormatException(
          file, "more data than its header's " + shape(dims) + " announces; is it another file?");
    }
    return new Idx(dims, data);
  }

  /** Holds the header's promise against the size of the file, before anything is allocated. */
  private static void checkPromise(Path file, int[] dims, long header, boolean gzip)
      throws IOException {
    long elements = elements(dims);
    long size = Files.size(file);
    boolean packedTooSmall = gzip && elements / MAX_RATIO > size;
    if (elements < 1 || elements > NumberArray.MAX_VALUES || packedTooSmall) {
      throw new FormatException(
          file,
          "its header announces "
              + shape(dims)
              + " bytes; "
              + (packedTooSmall
                  ? "no packed file of " + size + " holds them, copy or download it again"
                  : "1 to " + NumberArray.MAX_VALUES + " are read, split a file that has more"));
    }
    if (!gzip && size != header + elements) {
      throw new FormatException(
          file,
          (size < header + elements ? "truncated: " : "trailing data: ")
              + "its header announces "
              + (header + elements)
              + " bytes, the file has "
              + size
              + "; copy or download it again");
    }
  }

  /**
   * The exact bytes of the header, so that header and data together are the file.
   *
   * @param dims as in {@link Idx}
   */
  public static byte[] header(int... dims) {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * dims.length);
    head.put((byte) 0).put((byte) 0).put((byte) UNSIGNED_BYTE).put((byte) dims.length);
    for (int dim : dims) {
      head.putInt(dim);
    }
    return head.array();
  }

  /**
   * Writes the array to {@code file}, gzip-packed where the name ends in ".gz". The file appears
   * whole or not at all.
   *
   * @throws FormatException if it cannot be written
   */
  public void write(Path file) throws FormatException {
    AtomicFile.write(
        file,
        channel -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          if (file.toString().endsWith(".gz")) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
              gzip.write(header(dims));
              gzip.write(data);
            }
            AtomicFile.writeFully(channel, ByteBuffer.wrap(packed.toByteArray()));
          } else {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(header(dims)));
            AtomicFile.writeFully(channel, ByteBuffer.wrap(data));
          }
        });
  }

  /** The product of the dimensions, unsigned; of one too large for an array, that it is so. */
  private static long elements(int[] dims) {
    long product = 1;
    for (int dim : dims) {
      product = Math.min(product, NumberArray.MAX_VALUES + 1L) * Integer.toUnsignedLong(dim);
    }
    return product;
  }

  private static String shape(int[] dims) {
    return String.join(
        "x", Arrays.stream(dims).mapToObj(Integer::toUnsignedString).toArray(String[]::new));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Idx that
        && Arrays.equals(dims, that.dims)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(dims) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Idx[" + shape(dims) + "]";
  }
}
