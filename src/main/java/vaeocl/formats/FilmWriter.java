package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes frames of a {@link Film} each into its slot. They are not forced to the disk: what a
 * failing power supply may cost is frames of a film.
 */
public final class FilmWriter implements AutoCloseable {
  private final Path file;
  private final Film.Head head;
  private final FileChannel channel;
  private final int begin;

  private FilmWriter(Path file, Film.Head head) throws IOException {
    this.file = file;
    this.head = head;
    begin = head.bytes().length;
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /** A new film without frames, instead of any that is there. */
  public static FilmWriter create(Path file, Film.Head head) throws IOException {
    AtomicFile.write(
        file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(head.bytes())));
    return new FilmWriter(file, head);
  }

  /**
   * One that goes on.
   *
   * @throws FormatException if the file is no film, or another
   */
  public static FilmWriter open(Path file, Film.Head head) throws IOException {
    byte[] found = Film.read(file).head().bytes();
    if (!Arrays.equals(found, head.bytes())) {
      throw new FormatException(
          file, "is of another run; put the run's own back, or delete this one");
    }
    return new FilmWriter(file, head);
  }

  /**
   * Writes a frame.
   *
   * @param slot from 0; what was there is gone
   * @throws WriteException if the disk does not take it
   */
  public void write(int slot, Film.Frame frame) throws WriteException {
    byte[] bytes = frame.bytes();
    if (bytes.length != head.frameBytes()) {
      throw new IllegalArgumentException("a frame of another film");
    }
    try {
      channel.position(begin + (long) slot * bytes.length);
      AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
