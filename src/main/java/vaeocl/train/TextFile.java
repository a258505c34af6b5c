package vaeocl.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import vaeocl.formats.AtomicFile;
import vaeocl.formats.FormatException;

/** Small files of text, in UTF-8. */
final class TextFile {
  private TextFile() {}

  /**
   * @throws FormatException if it is missing or cannot be read
   */
  static String read(Path file) throws FormatException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FormatException(file, "cannot be read: it is not a regular file"); // nor may it end
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new FormatException(file, "no such file", e);
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "not valid text (UTF-8)", e);
    } catch (IOException e) {
      throw new FormatException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Replaces the file, whole or not at all. */
  static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes.duplicate()));
  }
}
