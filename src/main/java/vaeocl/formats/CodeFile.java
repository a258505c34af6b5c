package vaeocl.formats;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Latent codes of N pictures in d dimensions, each number quantised to B bits. The file, in which
 * all numbers are little-endian:
 *
 * <pre>
 *   byte    type        content
 *   0       8 bytes     "VAECODES" in ASCII
 *   8       uint16      version of this layout: 1
 *   10      uint16      B, the bits of one level: 2..16
 *   12      uint32      N, the number of codes, at least 1
 *   16      uint32      d, the dimensions of a code: 1..4096; N·d is at most 2^26
 *   20      8 bytes     fingerprint of the model: the first 8 bytes of a SHA-256
 *   28      float32[d]  lo, the lower end of each dimension's range
 *   28+4d   float32[d]  hi, its upper end, not below lo
 *   28+8d   ⌈N·d·B/8⌉   the levels, code by code, B bits each, most significant bit first and
 *                       without gaps; the last byte is filled up with zero bits
 *   end-4   uint32      CRC-32 (as in gzip) of everything before
 * </pre>
 *
 * Level k of dimension j, 0 ≤ k &lt; 2^B, stands for lo[j] + (k + 1/2)·(hi[j] − lo[j]) / 2^B.
 *
 * @param bits B
 * @param lo d values
 * @param hi d values
 * @param model the fingerprint as 16 lower-case hexadecimal digits
 * @param levels N·d values, code by code; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not copied
public record CodeFile(int bits, float[] lo, float[] hi, String model, int[] levels) {
  public static final int MIN_BITS = 2;
  public static final int MAX_BITS = 16;

  private static final byte[] MAGIC = "VAECODES".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 28;
  private static final int MODEL_BYTES = 8;
  private static final int MAX_DIMS = 4096;
  private static final int MAX_LEVELS = 1 << 26;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

  /**
   * @throws IllegalArgumentException if the parts do not fit each other or the limits above
   */
  public CodeFile {
    int dims = lo.length;
    if (bits < MIN_BITS || bits > MAX_BITS || dims < 1 || dims > MAX_DIMS || hi.length != dims) {
      throw new IllegalArgumentException(
          bits + " bits, ranges of " + dims + " and " + hi.length + " dimensions");
    }
    if (levels.length < 1 || levels.length > MAX_LEVELS || levels.length % dims != 0) {
      throw new IllegalArgumentException(levels.length + " levels of codes of " + dims);
    }
    int bad = badRange(lo, hi);
    if (bad >= 0) {
      throw new IllegalArgumentException("Range " + bad + ": " + lo[bad] + " to " + hi[bad]);
    }
    if (!FINGERPRINT.matcher(model).matches()) {
      throw new IllegalArgumentException("Not 16 hexadecimal digits: " + model);
    }
    for (int level : levels) {
      if (level >>> bits != 0) {
        throw new IllegalArgumentException("Level " + level + " does not fit " + bits + " bits");
      }
    }
  }

  /** N. */
  public int count() {
    return levels.length / lo.length;
  }

  /** d. */
  public int dims() {
    return lo.length;
  }

  /**
   * Writes the codes. The same codes give the same bytes. The file appears whole or not at all.
   *
   * @throws FormatException if it cannot be written
   */
  public void write(Path file) throws FormatException {
    AtomicFile.write(
        file,
        channel -> {
          CheckedOutputStream checked =
              new CheckedOutputStream(Channels.newOutputStream(channel), new CRC32());
          DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
          out.write(head());
          BitPacking.write(out, levels, bits);
          out.flush();
          // Big-endian is DataOutputStream's order.
          out.writeInt(Integer.reverseBytes((int) checked.getChecksum().getValue()));
          out.flush();
        });
  }

  /** Everything before the levels. */
  private byte[] head() {
    byte[] head = new byte[FIXED_BYTES + 2 * Float.BYTES * dims()];
    ByteBuffer to = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    to.put(MAGIC).putShort((short) VERSION).putShort((short) bits);
    to.putInt(count()).putInt(dims()).put(HexFormat.of().parseHex(model));
    to.asFloatBuffer().put(lo).put(hi);
    return head;
  }

  /**
   * Reads {@code file}, which may come from a stranger: the sizes are held against the file's and
   * the checksum is computed before memory is asked for.
   *
   * @throws FormatException if the file is missing, unreadable, damaged or breaks any rule above
   */
  public static CodeFile read(Path file) throws FormatException {
    return InputFile.read(file, CodeFile::read);
  }

  private static CodeFile read(InputFile in) throws IOException {
    Path file = in.path();
    byte[] magic = in.bytes((int) Math.min(MAGIC.length, in.size()));
    require(file, Arrays.equals(magic, MAGIC), "not a file of codes that this program wrote");
    ByteBuffer head = in.next(FIXED_BYTES - MAGIC.length);
    int version = Short.toUnsignedInt(head.getShort());
    require(
        file,
        version == VERSION,
        "is of version %d, only %d is read; a newer program may read it",
        version,
        VERSION);
    int bits = Short.toUnsignedInt(head.getShort());
    long count = Integer.toUnsignedLong(head.getInt());
    long dims = Integer.toUnsignedLong(head.getInt());
    byte[] model = new byte[MODEL_BYTES];
    head.get(model);
    require(file, bits >= MIN_BITS && bits <= MAX_BITS, "has %d bits a level, not 2 to 16", bits);
    require(
        file,
        count >= 1 && dims >= 1 && dims <= MAX_DIMS && count <= MAX_LEVELS / dims,
        "announces %d codes of %d dimensions; at least 1 of each and at most %d levels are read",
        count,
        dims,
        MAX_LEVELS);
    long packed = BitPacking.bytes(count * dims, bits);
    long expected = FIXED_BYTES + 2 * Float.BYTES * dims + packed + Integer.BYTES;
    require(
        file,
        in.size() == expected,
        "its header announces %d bytes, the file has %d; it is truncated or has trailing data",
        expected,
        in.size());
    checkSum(in);

    in.seek(FIXED_BYTES);
    float[] lo = in.floats((int) dims);
    float[] hi = in.floats((int) dims);
    int bad = badRange(lo, hi);
    require(
        file,
        bad < 0,
        "has no usable range in dimension %d: %s",
        bad,
        bad < 0 ? "" : lo[bad] + " to " + hi[bad]);
    int[] levels = new int[(int) (count * dims)];
    require(
        file,
        BitPacking.read(in, levels, bits),
        "the bits behind its last level are not zero; another program wrote it wrongly");
    return new CodeFile(bits, lo, hi, HexFormat.of().formatHex(model), levels);
  }

  private static void checkSum(InputFile in) throws IOException {
    in.seek(0);
    int computed = (int) in.crc32(in.size() - Integer.BYTES);
    int stored = in.next(Integer.BYTES).getInt();
    require(
        in.path(),
        computed == stored,
        "is damaged, its checksum is wrong; copy or download it again");
  }

  /** The first dimension without finite lo ≤ hi; -1 if there is none. */
  private static int badRange(float[] lo, float[] hi) {
    for (int j = 0; j < lo.length; j++) {
      if (!Float.isFinite(lo[j]) || !Float.isFinite(hi[j]) || lo[j] > hi[j]) {
        return j;
      }
    }
    return -1;
  }

  private static void require(Path file, boolean holds, String problem, Object... arguments)
      throws FormatException {
    if (!holds) {
      throw new FormatException(file, String.format(Locale.ROOT, problem, arguments));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeFile that
        && bits == that.bits
        && Arrays.equals(lo, that.lo)
        && Arrays.equals(hi, that.hi)
        && model.equals(that.model)
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * bits + model.hashCode()) + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "CodeFile[" + count() + "x" + dims() + ", " + bits + " bits, model " + model + "]";
  }
}
