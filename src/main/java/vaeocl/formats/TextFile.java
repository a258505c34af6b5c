package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text files in UTF-8, read whole. */
public final class TextFile {
  private TextFile() {}

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
