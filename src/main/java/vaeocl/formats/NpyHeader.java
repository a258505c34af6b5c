package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checked header of a .npy file.
 *
 * @param columns whether the values lie column by column ("Fortran order")
 * @param shape the dimensions, each at least 1
 * @param count the number of values, the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // built here, handed on once
record NpyHeader(NpyType type, boolean columns, int[] shape, int count) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int MAX_BYTES = 1 << 16;

  /** NumPy itself allowed 32 for most of its life. */
  private static final int MAX_RANK = 32;

  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  // One key and its value. Possessive quantifiers: the text may be 64 KiB of anything.
  private static final Pattern PAIR =
      Pattern.compile(
          " *+(?:'(?<k>\\w*+)'|\"(?<kk>\\w*+)\") *+: *+"
              + "(?<value>'[^'\\\\]*+'|\"[^\"\\\\]*+\"|True|False|\\([^()]*+\\)|\\[[^\\]]*+\\])"
              + " *+(?:,|(?=\\}))");
  private static final Pattern END = Pattern.compile(" *+\\} *+\n");

  // Python 2 wrote long integers with an L.
  private static final Pattern NUMBER = Pattern.compile(" *+(0|[1-9][0-9]{0,9})L?+ *+");

  /**
   * The header for {@code array}: version 1.0, from the magic to the padding before the first
   * value.
   *
   * @throws IllegalArgumentException if it has more dimensions than are read
   */
  static byte[] of(NumberArray array) {
    if (array.shape().length > MAX_RANK) {
      throw new IllegalArgumentException("Too many dimensions for an .npy file: " + array);
    }
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(
                array instanceof FloatArray ? "<f4" : "|u1", NumberArray.describe(array.shape()));
    int fixed = MAGIC.length + 2 + Short.BYTES;
    int length = (fixed + dictionary.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer all = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    all.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - fixed));
    all.put(dictionary.getBytes(StandardCharsets.US_ASCII));
    while (all.remaining() > 1) {
      all.put((byte) ' ');
    }
    return all.put((byte) '\n').array();
  }

  /**
   * Reads everything before the values and holds it against the size of the file.
   *
   * @throws FormatException naming the file, if anything is not as the format or this program wants
   *     it
   */
  static NpyHeader read(InputFile in) throws IOException {
    Path file = in.path();
    byte[] magic = in.bytes((int) Math.min(MAGIC.length, in.size()));
    if (magic.length >= 2 && magic[0] == 'P' && magic[1] == 'K') {
      throw new FormatException(
          file, "a zip archive such as .npz, not .npy; save one array with np.save");
    }
    require(file, Arrays.equals(magic, MAGIC), "not an .npy file; write it with np.save");
    int major = in.next(1).get();
    int minor = in.next(1).get();
    require(
        file,
        major >= 1 && major <= 3 && minor == 0,
        "is of .npy version %d.%d; only 1.0, 2.0 and 3.0 are read",
        major & 0xff,
        minor & 0xff);
    long length =
        major == 1
            ? Short.toUnsignedLong(in.next(2).getShort())
            : Integer.toUnsignedLong(in.next(4).getInt());
    require(file, length <= MAX_BYTES, "its header has %d bytes, at most 65536 are read", length);
    String text = new String(in.bytes((int) length), StandardCharsets.ISO_8859_1);

    Map<String, String> entries = entries(file, text);
    NpyType type = type(file, entries.get("descr"));
    String order = entries.get("fortran_order");
    boolean columns = order.equals("True");
    require(file, columns || order.equals("False"), "has a bad fortran_order");
    int[] shape = shape(file, entries.get("shape"));
    int count = count(file, type.number().bytes(), shape, in.remaining());
    return new NpyHeader(type, columns, shape, count);
  }

  /** The dictionary: each of the three keys once, and nothing else. */
  private static Map<String, String> entries(Path file, String text) throws FormatException {
    Map<String, String> entries = new HashMap<>();
    int at = text.startsWith("{") ? 1 : text.length();
    Matcher pair = PAIR.matcher(text);
    boolean known = true;
    while (known && pair.region(at, text.length()).lookingAt()) {
      String key = pair.group("k") == null ? pair.group("kk") : pair.group("k");
      known = KEYS.contains(key) && entries.put(key, pair.group("value")) == null;
      at = pair.end();
    }
    boolean ended = END.matcher(text).region(at, text.length()).matches();
    require(
        file,
        known && ended && entries.size() == KEYS.size(),
        "its header is not a dictionary of descr, fortran_order and shape; write it with np.save");
    return entries;
  }

  private static NpyType type(Path file, String quoted) throws FormatException {
    require(
        file,
        quoted.startsWith("'") || quoted.startsWith("\""),
        "has a structured dtype; save one field as a plain array");
    return NpyType.of(file, quoted.substring(1, quoted.length() - 1));
  }

  private static int[] shape(Path file, String tuple) throws FormatException {
    require(file, tuple.startsWith("("), "has a bad shape");
    String inner = tuple.substring(1, tuple.length() - 1);
    if (inner.isBlank()) {
      return new int[0];
    }
    String[] parts = inner.split(",", -1);
    boolean trailing = parts[parts.length - 1].isBlank();
    int rank = trailing ? parts.length - 1 : parts.length;
    // (3) is a number in Python, not a tuple.
    require(file, rank > 1 || (rank == 1 && trailing), "has a bad shape");
    require(file, rank <= MAX_RANK, "has %d dimensions, at most %d are read", rank, MAX_RANK);
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      Matcher dim = NUMBER.matcher(parts[i]);
      require(file, dim.matches(), "has a bad dimension \"%s\"", parts[i].strip());
      long value = Long.parseLong(dim.group(1));
      require(file, value > 0, "is empty, its shape is %s; there is nothing to read", tuple);
      require(
          file,
          value <= NumberArray.MAX_VALUES,
          "has a dimension of %d, too large to be read",
          value);
      shape[i] = (int) value;
    }
    return shape;
  }

  private static int count(Path file, int bytes, int[] shape, long dataBytes)
      throws FormatException {
    long count = 1;
    for (int dim : shape) {
      // Neither factor passes 2^31, so the product cannot overflow; once too large, it stays so.
      count = Math.min(count, NumberArray.MAX_VALUES + 1L) * dim;
    }
    require(
        file,
        count > NumberArray.MAX_VALUES || count * bytes == dataBytes,
        "its shape %s takes %d bytes, the file holds %d; it is truncated or has trailing data",
        NumberArray.describe(shape),
        count * bytes,
        dataBytes);
    require(
        file,
        count <= NumberArray.MAX_VALUES,
        "its shape %s has more than %d values; save it in parts",
        NumberArray.describe(shape),
        NumberArray.MAX_VALUES);
    return (int) count;
  }

  private static void require(Path file, boolean holds, String problem, Object... arguments)
      throws FormatException {
    if (!holds) {
      throw new FormatException(file, String.format(Locale.ROOT, problem, arguments));
    }
  }
}
