package vaeocl.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named float arrays in the safetensors format: the header's length (8 bytes, little-endian), a
 * JSON header, then the values as little-endian 32-bit floats, one array after the other.
 *
 * @param tensors by name, in the file's order
 * @param metadata free text by key; empty if the file has none
 */
public record Safetensors(Map<String, FloatArray> tensors, Map<String, String> metadata) {
  /** Bytes moved at a time: no second copy of a large tensor is ever in memory. */
  private static final int CHUNK = 1 << 20;

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
          ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          AtomicFile.writeFully(channel, chunk.putLong(header.length).flip());
          AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
          for (FloatArray tensor : tensors.values()) {
            writeValues(channel, chunk, tensor.values());
          }
        });
  }

  private static void writeValues(FileChannel channel, ByteBuffer chunk, float[] values)
      throws IOException {
    for (int done = 0; done < values.length; ) {
      int n = Math.min(values.length - done, CHUNK / Float.BYTES);
      chunk.clear().asFloatBuffer().put(values, done, n);
      AtomicFile.writeFully(channel, chunk.limit(n * Float.BYTES));
      done += n;
    }
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

  /**
   * Reads {@code file}, which may come from a stranger: names, types, shapes and offsets are
   * checked against the file's size before memory is asked for, and every value has to be finite.
   *
   * @throws FormatException if the file is missing, unreadable or breaks any rule of the format
   */
  public static Safetensors read(Path file) throws FormatException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      long size = channel.size();
      long length = size < 8 ? 0 : readFully(channel, chunk, 8).getLong();
      if (size < 8 || length < 2 || length > size - 8) {
        throw new FormatException(file, "not a safetensors file, or truncated");
      }
      if (length > SafetensorsHeader.MAX_BYTES) {
        throw new FormatException(
            file, "its header has " + length + " bytes, at most 1 MB is read");
      }
      byte[] json = new byte[(int) length];
      readFully(channel, chunk, json.length).get(json);
      SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - 8 - length);

      Map<String, FloatArray> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry e : header.entries()) {
        FloatArray tensor = new FloatArray(e.shape(), readValues(channel, chunk, e.count()));
        tensor.requireFinite(file, e.name(), "the file is damaged or its training diverged");
        tensors.put(e.name(), tensor);
      }
      return new Safetensors(tensors, header.metadata());
    } catch (FormatException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new FormatException(file, "no such file", e);
    } catch (EOFException e) {
      throw new FormatException(file, "truncated while it was being read", e);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
      throw new FormatException(file, "cannot be read: " + why, e);
    }
  }

  private static float[] readValues(FileChannel channel, ByteBuffer chunk, int count)
      throws IOException {
    float[] values = new float[count];
    for (int done = 0; done < count; ) {
      int n = Math.min(count - done, CHUNK / Float.BYTES);
      readFully(channel, chunk, n * Float.BYTES).asFloatBuffer().get(values, done, n);
      done += n;
    }
    return values;
  }

  private static ByteBuffer readFully(FileChannel channel, ByteBuffer chunk, int bytes)
      throws IOException {
    chunk.clear().limit(bytes);
    while (chunk.hasRemaining()) {
      if (channel.read(chunk) < 0) {
        throw new EOFException();
      }
    }
    return chunk.flip();
  }
}
