package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text files in UTF-8, read and written whole. */
public final class TextFile {
  /** No file of a run comes near. */
  private static final int MOST = 16 << 20;

  private TextFile() {}

  /**
   * The text of a file of a run.
   *
   * @throws FormatException if the file is missing, no regular one, too large or no text
   */
  public static String read(Path file) throws FormatException {
    return read(file, MOST, "no file of a run is");
  }

  /** Replaces the file, whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes.duplicate()));
  }

  /** Whether a text can be written: an escape of JSON's can stand for half a character. */
  public static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The text of a file.
   *
   * @param most bytes; a larger file is something else
   * @param whose for the message: "no run's configuration is"
   * @throws FormatException if the file is missing, no regular one, too large or no text
   */
  public static String read(Path file, int most, String whose) throws FormatException {
    return InputFile.read(file, in -> text(in, most, whose));
  }

  private static String text(InputFile in, int most, String whose) throws IOException {
    if (in.size() > most) {
      String limit = most >= 1 << 20 ? (most >> 20) + " MB" : (most >> 10) + " KB";
      throw new FormatException(in.path(), "larger than " + limit + ", which " + whose);
    }
    ByteBuffer bytes = ByteBuffer.wrap(in.bytes((int) in.size()));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
