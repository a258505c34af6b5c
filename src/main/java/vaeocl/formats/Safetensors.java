package vaeocl.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named float arrays in the safetensors format: the header's length (8 bytes, little-endian), a
 * JSON header, then the values, little-endian, one array after the other. They are written as
 * 32-bit floats and read from floats of 16 and 64 bits too.
 *
 * @param tensors by name, in the file's order
 * @param metadata free text by key; empty if the file has none
 */
public record Safetensors(Map<String, FloatArray> tensors, Map<String, String> metadata) {
  /** The key in the metadata for the {@linkplain #checksum checksum} of everything else. */
  public static final String CHECKSUM = "contents_sha256";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Writes {@code tensors} in the order given. The same input gives the same bytes. The file
   * appears whole or not at all: whatever it replaces stays until the new one is safely on the
   * disk.
   *
   * @throws FormatException if a value is not finite or the file cannot be written
   * @throws IllegalArgumentException if a name is unusable or the header would pass 1 MB
   */
  public static void write(Path file, Map<String, FloatArray> tensors, Map<String, String> metadata)
      throws FormatException {
    for (Map.Entry<String, FloatArray> e : tensors.entrySet()) {
      // A file that read() would refuse must not replace one that it accepts.
      e.getValue().requireFinite(file, e.getKey(), "not written; lower the learning rate");
    }
    byte[] header = header(tensors, metadata);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          AtomicFile.writeFully(channel, length.putLong(header.length).flip());
          AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
          for (FloatArray tensor : tensors.values()) {
            AtomicFile.writeFloats(channel, tensor.values());
          }
        });
  }

  /** The JSON header, padded with spaces so that the values begin at a multiple of 8 bytes. */
  private static byte[] header(Map<String, FloatArray> tensors, Map<String, String> metadata) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject(SafetensorsHeader.METADATA);
      new TreeMap<>(metadata).forEach(node::put);
    }
    long offset = 0;
    for (Map.Entry<String, FloatArray> e : tensors.entrySet()) {
      if (!SafetensorsHeader.isName(e.getKey())) {
        throw new IllegalArgumentException("Unusable tensor name: " + e.getKey());
      }
      ObjectNode entry = root.putObject(e.getKey());
      entry.put("dtype", "F32");
      Arrays.stream(e.getValue().shape()).forEach(entry.putArray("shape")::add);
      long end = offset + 4L * e.getValue().values().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = toBytes(root);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    if (padded.length > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException("Header of " + padded.length + " bytes, at most 1 MB");
    }
    return padded;
  }

  private static byte[] toBytes(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 of names, shapes, values and metadata but for {@link #CHECKSUM}, in hexadecimal. */
  public String checksum() {
    Sha256 sha256 = new Sha256();
    for (Map.Entry<String, String> e : new TreeMap<>(metadata).entrySet()) {
      if (!e.getKey().equals(CHECKSUM)) {
        sha256.add(e.getKey()).add(e.getValue());
      }
    }
    for (Map.Entry<String, FloatArray> e : tensors.entrySet()) {
      sha256.add(e.getKey()).add(Arrays.toString(e.getValue().shape())).add(e.getValue().values());
    }
    return sha256.hex();
  }

  /**
   * This, unless its metadata hold a checksum that is not its own.
   *
   * @param file where it comes from, for the message
   * @throws FormatException if anything changed since the file was written
   */
  public Safetensors requireWhole(Path file) throws FormatException {
    String said = metadata.get(CHECKSUM);
    if (said != null && !said.equals(checksum())) {
      throw new FormatException(
          file, "damaged: its contents do not fit the checksum it holds; use another copy of it");
    }
    return this;
  }

  /**
   * Reads {@code file}, which may come from a stranger: names, types, shapes and offsets are
   * checked against the file's size before memory is asked for, and every value has to be finite.
   *
   * @throws FormatException if the file is missing, unreadable or breaks any rule of the format
   */
  public static Safetensors read(Path file) throws FormatException {
    return InputFile.read(file, Safetensors::read);
  }

  private static Safetensors read(InputFile in) throws IOException {
    Path file = in.path();
    long size = in.size();
    long length = size < Long.BYTES ? 0 : in.next(Long.BYTES).getLong();
    if (length < 2 || length > size - Long.BYTES) {
      throw new FormatException(file, "not a safetensors file, or truncated");
    }
    if (length > SafetensorsHeader.MAX_BYTES) {
      throw new FormatException(file, "its header has " + length + " bytes, at most 1 MB is read");
    }
    SafetensorsHeader header =
        SafetensorsHeader.parse(file, in.bytes((int) length), size - Long.BYTES - length);

    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry e : header.entries()) {
      FloatArray tensor =
          new FloatArray(e.shape(), in.floats(e.count(), e.type(), ByteOrder.LITTLE_ENDIAN));
      tensor.requireFinite(file, e.name(), "the file is damaged or its training diverged");
      tensors.put(e.name(), tensor);
    }
    return new Safetensors(tensors, header.metadata());
  }
}
