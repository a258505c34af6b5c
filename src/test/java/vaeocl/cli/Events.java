package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Reads event files as others do: what is cut off at the end is not there yet. */
final class Events {
  private Events() {}

  /** The event files of a folder, in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains("tfevents")).sorted().toList();
    }
  }

  /** The data of all whole records; their checksums hold. */
  static List<byte[]> records(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.remaining() >= 12) {
      byte[] head = new byte[8];
      in.get(head);
      int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
      requireChecksum(head, in.getInt());
      if (in.remaining() < length + 4) {
        break;
      }
      byte[] data = new byte[length];
      in.get(data);
      requireChecksum(data, in.getInt());
      records.add(data);
    }
    return records;
  }

  private static void requireChecksum(byte[] data, int masked) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int rotated = masked - 0xa282ead8;
    assertEquals((int) crc.getValue(), (rotated >>> 17) | (rotated << 15), "checksum");
  }

  /**
   * The fields of a message, of each number the values in their order: Long, Double, Float or
   * bytes.
   */
  static Map<Integer, List<Object>> fields(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Object value =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
            case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
            case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
            default -> in.readBytes();
          };
      fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), n -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  /** A field that is there once. */
  static Object one(Map<Integer, List<Object>> fields, int number) {
    assertEquals(1, fields.get(number).size());
    return fields.get(number).get(0);
  }

  /** The fields of a message within another. */
  static Map<Integer, List<Object>> inner(Object bytes) throws IOException {
    return fields(((ByteString) bytes).toByteArray());
  }

  /** Step and tag to what is shown there: a Float, or the fields of a picture or a histogram. */
  static Map<Long, Map<String, Object>> shown(Path file) throws IOException {
    Map<Long, Map<String, Object>> shown = new LinkedHashMap<>();
    for (byte[] record : records(file)) {
      Map<Integer, List<Object>> event = fields(record);
      if (!event.containsKey(5)) {
        continue;
      }
      Map<String, Object> tags = new LinkedHashMap<>();
      for (Object bytes : inner(one(event, 5)).get(1)) {
        Map<Integer, List<Object>> value = inner(bytes);
        Object simple = value.containsKey(2) ? one(value, 2) : null;
        int kind = value.containsKey(4) ? 4 : 5;
        tags.put(
            ((ByteString) one(value, 1)).toStringUtf8(),
            simple != null ? simple : inner(one(value, kind)));
      }
      shown.put((Long) one(event, 2), tags);
    }
    return shown;
  }
}
