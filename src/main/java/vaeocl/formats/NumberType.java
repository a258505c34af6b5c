package vaeocl.formats;

import java.nio.ByteBuffer;

/** How a number lies in a file; the order of its bytes is the buffer's. */
enum NumberType {
  BOOL(1),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  FLOAT16(2),
  BFLOAT16(2),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that one takes. */
  int bytes() {
    return bytes;
  }

  /** Whether grey values 0 to 255 may be of this type; a bool is no such number. */
  boolean isInteger() {
    return compareTo(INT8) >= 0 && compareTo(UINT64) <= 0;
  }

  /** The next number of {@code in}; exact but for integers beyond 2^53. */
  double next(ByteBuffer in) {
    return switch (this) {
      case BOOL -> in.get() == 0 ? 0 : 1;
      case INT8 -> in.get();
      case INT16 -> in.getShort();
      case INT32 -> in.getInt();
      case INT64 -> in.getLong();
      case UINT8 -> Byte.toUnsignedInt(in.get());
      case UINT16 -> Short.toUnsignedInt(in.getShort());
      case UINT32 -> Integer.toUnsignedLong(in.getInt());
      case UINT64 -> unsigned(in.getLong());
      case FLOAT16 -> Half.value(in.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(in.getShort() << Short.SIZE);
      case FLOAT32 -> in.getFloat();
      case FLOAT64 -> in.getDouble();
    };
  }

  private static double unsigned(long bits) {
    return bits < 0 ? bits + 0x1p64 : bits;
  }
}
