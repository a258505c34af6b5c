package vaeocl.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A file, or an entry of an archive, read front to back through one small buffer, so that a large
 * array is never in memory twice. Numbers are little-endian. Memory is asked for only where the
 * file is long enough to fill it.
 */
final class InputFile {
  /** Bytes moved at a time, at most. */
  static final int CHUNK = 1 << 20;

  private final Path path;
  private final ReadableByteChannel channel;
  private final long size;
  private final ByteBuffer buffer;
  private long position;

  /** Takes what it needs from an open file. */
  @FunctionalInterface
  interface Reader<T> {
    /** Reads {@code in}, which is at its first byte; a missing byte is an {@link EOFException}. */
    T read(InputFile in) throws IOException;
  }

  /**
   * Reads what a channel, at its first byte, holds.
   *
   * @param path for messages
   * @param size bytes that it promises
   */
  InputFile(Path path, ReadableByteChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
    buffer =
        ByteBuffer.allocate((int) Math.min(CHUNK, size + Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens {@code file}, has it read and closes it.
   *
   * @throws FormatException if it is missing, unreadable or too short, or {@code reader} says so
   */
  static <T> T read(Path file, Reader<T> reader) throws FormatException {
    requireRegular(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return reader.read(new InputFile(file, channel, channel.size()));
    } catch (EOFException e) {
      throw new FormatException(file, "truncated; copy or download it again", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Refuses what is there and no file. A pipe or a device has no size to hold a header's claims
   * against, and may never end, or never begin.
   */
  static void requireRegular(Path file) throws FormatException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "it is a folder" : "it is not a regular file";
      throw new FormatException(file, "cannot be read: " + what);
    }
  }

  /** What reading {@code file} ended with, as a sentence. */
  static FormatException unreadable(Path file, IOException e) {
    if (e instanceof FormatException said) {
      return said;
    }
    if (e instanceof NoSuchFileException) {
      return new FormatException(file, "no such file", e);
    }
    if (e instanceof AccessDeniedException) {
      return new FormatException(file, "cannot be read: permission denied", e);
    }
    if (e instanceof CharacterCodingException) {
      return new FormatException(file, "not valid text (UTF-8)", e);
    }
    String why = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return new FormatException(file, "cannot be read: " + (why == null ? "it failed" : why), e);
  }

  Path path() {
    return path;
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /** Bytes not read yet. */
  long remaining() {
    return size - position;
  }

  /**
   * The next {@code bytes} bytes, at most {@link #CHUNK}, in a buffer that the next call reuses.
   *
   * @throws EOFException if the file ends before
   */
  ByteBuffer next(int bytes) throws IOException {
    if (bytes > buffer.capacity()) {
      throw new EOFException();
    }
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    position += bytes;
    return buffer.flip();
  }

  /** The next {@code count} bytes. */
  byte[] bytes(int count) throws IOException {
    require(count, count);
    byte[] values = new byte[count];
    for (int done = 0; done < count; ) {
      int n = Math.min(count - done, CHUNK);
      next(n).get(values, done, n);
      done += n;
    }
    return values;
  }

  /** The next {@code count} 32-bit floats. */
  float[] floats(int count) throws IOException {
    return floats(count, NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The next {@code count} numbers of a type, rounded to 32-bit floats.
   *
   * @throws FormatException if a finite number is infinite as a float
   */
  float[] floats(int count, NumberType type, ByteOrder order) throws IOException {
    require((long) count * type.bytes(), (long) count * Float.BYTES);
    float[] values = new float[count];
    for (int done = 0; done < count; ) {
      int end = done + Math.min(count - done, CHUNK / type.bytes());
      ByteBuffer in = next((end - done) * type.bytes()).duplicate().order(order);
      for (; done < end; done++) {
        double value = type.next(in);
        values[done] = (float) value;
        if (Float.isInfinite(values[done]) && Double.isFinite(value)) {
          throw new FormatException(
              path,
              "holds " + value + ", which is more than float32 can hold; save smaller numbers");
        }
      }
    }
    return values;
  }

  /** CRC-32 of the next {@code bytes} bytes. */
  long crc32(long bytes) throws IOException {
    CRC32 crc = new CRC32();
    for (long left = bytes; left > 0; ) {
      int n = (int) Math.min(left, CHUNK);
      crc.update(next(n));
      left -= n;
    }
    return crc.getValue();
  }

  /** Back to the byte at {@code position}. */
  void seek(long to) throws IOException {
    if (!(channel instanceof SeekableByteChannel file)) {
      throw new IOException("an archive's entry is read front to back");
    }
    file.position(to);
    position = to;
  }

  /**
   * @param bytes in the file
   * @param memory that they take
   */
  private void require(long bytes, long memory) throws IOException {
    if (bytes > remaining()) {
      throw new EOFException();
    }
    if (memory > Runtime.getRuntime().maxMemory()) {
      throw new FormatException(
          path, "takes " + memory + " bytes, more than Java's heap has; give Java more with -Xmx");
    }
  }
}
