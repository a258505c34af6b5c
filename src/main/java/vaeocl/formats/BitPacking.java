package vaeocl.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Numbers of B ≤ 16 bits one behind the other, most significant bit first; the last byte is filled
 * up with zero bits.
 */
final class BitPacking {
  private BitPacking() {}

  /** ⌈count·bits/8⌉. */
  static long bytes(long count, int bits) {
    return (count * bits + 7) / 8;
  }

  static void write(OutputStream out, int[] levels, int bits) throws IOException {
    int pending = 0; // at most 7 bits wait between two levels
    int waiting = 0;
    for (int level : levels) {
      pending = pending << bits | level;
      waiting += bits;
      while (waiting >= 8) {
        waiting -= 8;
        out.write(pending >>> waiting);
      }
      pending &= (1 << waiting) - 1;
    }
    if (waiting > 0) {
      out.write(pending << (8 - waiting));
    }
  }

  /**
   * Fills {@code levels}.
   *
   * @return whether the bits behind the last level are zero
   */
  static boolean read(InputFile in, int[] levels, int bits) throws IOException {
    long left = bytes(levels.length, bits);
    ByteBuffer chunk = ByteBuffer.allocate(0);
    int pending = 0;
    int waiting = 0;
    for (int i = 0; i < levels.length; i++) {
      while (waiting < bits) {
        if (!chunk.hasRemaining()) {
          chunk = in.next((int) Math.min(left, InputFile.CHUNK));
          left -= chunk.remaining();
        }
        pending = pending << 8 | Byte.toUnsignedInt(chunk.get());
        waiting += 8;
      }
      waiting -= bits;
      levels[i] = pending >>> waiting;
      pending &= (1 << waiting) - 1;
    }
    return pending == 0;
  }
}
