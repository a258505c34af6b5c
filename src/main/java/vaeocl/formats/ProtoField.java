package vaeocl.formats;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;

/**
 * One field of a protobuf message. A message inside another is preceded by its length, so every
 * field knows its size before anything is written; large arrays are then written once, from where
 * they lie.
 *
 * @param size bytes with tag and length
 * @param writer writes as many bytes
 */
record ProtoField(long size, Writer writer) {
  /** Writes a field's bytes. */
  @FunctionalInterface
  interface Writer {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** An int32, int64 or enum of the schema. */
  static ProtoField integer(int number, long value) {
    return new ProtoField(
        CodedOutputStream.computeInt64Size(number, value), out -> out.writeInt64(number, value));
  }

  /** A string of the schema. */
  static ProtoField text(int number, String value) {
    return new ProtoField(
        CodedOutputStream.computeStringSize(number, value), out -> out.writeString(number, value));
  }

  /** A float of the schema. */
  static ProtoField single(int number, float value) {
    return new ProtoField(
        CodedOutputStream.computeFloatSize(number, value), out -> out.writeFloat(number, value));
  }

  /** A double of the schema. */
  static ProtoField number(int number, double value) {
    return new ProtoField(
        CodedOutputStream.computeDoubleSize(number, value), out -> out.writeDouble(number, value));
  }

  /** Packed doubles of the schema. */
  static ProtoField numbers(int number, double[] values) {
    return delimited(
        number,
        (long) values.length * Double.BYTES,
        out -> {
          for (double value : values) {
            out.writeDoubleNoTag(value);
          }
        });
  }

  /** Bytes of the schema. */
  static ProtoField bytes(int number, byte[] value) {
    return delimited(number, value.length, out -> out.writeRawBytes(value));
  }

  /** Bytes of the schema: 32-bit floats, little-endian. */
  static ProtoField floats(int number, float[] values) {
    return delimited(
        number,
        (long) values.length * Float.BYTES,
        out -> {
          for (float value : values) {
            out.writeFloatNoTag(value);
          }
        });
  }

  /** A message of the schema. */
  static ProtoField message(int number, List<ProtoField> fields) {
    return delimited(number, size(fields), out -> write(out, fields));
  }

  /** The bytes of a message with these fields. */
  static long size(List<ProtoField> fields) {
    return fields.stream().mapToLong(ProtoField::size).sum();
  }

  /** Writes a message with these fields, without its length. */
  static void write(CodedOutputStream out, List<ProtoField> fields) throws IOException {
    for (ProtoField field : fields) {
      field.writer().writeTo(out);
    }
  }

  private static ProtoField delimited(int number, long length, Writer body) {
    int head =
        CodedOutputStream.computeTagSize(number) + CodedOutputStream.computeUInt64SizeNoTag(length);
    return new ProtoField(
        head + length,
        out -> {
          out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt64NoTag(length);
          body.writeTo(out);
        });
  }
}
