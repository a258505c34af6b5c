package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vaeocl.formats.WriteException;

/** Downloads that arrive where there is no room. */
class TransferTest {
  @Test
  void aFullDiskIsNotTheMirrorsFault() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    InputStream in = new ByteArrayInputStream(new byte[10]);
    IOException e =
        assertThrows(
            WriteException.class, () -> Transfer.copy(in, full, Duration.ofMinutes(1), 100));
    assertEquals("No space left on device", WriteException.reason(e));
  }
}
