package vaeocl.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import vaeocl.formats.Half;

/** Numbers as text for a page: little-endian, in base64. */
final class Packed {
  private Packed() {}

  /** Characters that {@code bytes} bytes take. */
  static long length(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  static String bytes(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String floats(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return bytes(bytes);
  }

  /** In half precision. */
  static String halves(float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = Half.of(values[i]);
    }
    return shorts(halves);
  }

  /** Places within a range, in steps of 1/65535 of it. */
  static void steps(float[] values, double from, double to, int offset, short[] out) {
    for (int i = 0; i < values.length; i++) {
      out[2 * i + offset] = (short) Math.round(65535 * (values[i] - from) / (to - from));
    }
  }

  static String shorts(short[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Short.BYTES)];
    littleEndian(bytes).asShortBuffer().put(values);
    return bytes(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
