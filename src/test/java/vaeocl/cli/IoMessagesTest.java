package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoMessagesTest {
  private static void assertSays(String expected, IOException e) {
    assertEquals(expected, IoMessages.sentence(e));
  }

  @Test
  void barePathsBecomeSentences() {
    assertSays("x exists already", new FileAlreadyExistsException("x"));
    assertSays("x is not empty", new DirectoryNotEmptyException("x"));
    assertSays("x is not a folder", new NotDirectoryException("x"));
    assertSays(
        "x: No space left on device",
        new FileSystemException("x", null, "No space left on device"));
    assertSays("x and y: the file system refused", new FileSystemException("x", "y", null));
    assertSays("no such file: x", new FileNotFoundException("x"));
    assertSays("x (Is a directory)", new FileNotFoundException("x (Is a directory)"));
  }

  @Test
  void emptyMessagesBecomeSentences() {
    assertSays("a file ends too early", new EOFException());
    assertSays("cannot connect to the server: is there a network?", new ConnectException());
    assertSays("cannot find the host h: is there a network?", new UnknownHostException("h"));
    assertSays("input or output failed (IOException)", new IOException());
    assertSays("bad magic", new IOException("bad magic"));
  }

  @Test
  void whatTheJdkThrowsIsUnderstood(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing").resolve("file");
    IOException e = Assertions.assertThrows(IOException.class, () -> Files.readString(missing));
    assertSays("no such file or folder: " + missing, e);
    Path file = Files.createFile(folder.resolve("file"));
    e = Assertions.assertThrows(IOException.class, () -> Files.createDirectory(file));
    assertSays(file + " exists already", e);
    e =
        Assertions.assertThrows(
            CharacterCodingException.class,
            () ->
                StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(new byte[] {(byte) 0xff})));
    assertTrue(IoMessages.sentence(e).startsWith("not valid text (UTF-8)"));
  }
}
