package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.train.RunFolder;

/** A pipe in place of a file: nobody writes to it, so whoever reads it waits for ever. */
class PipeTest {
  @TempDir static Path temp;

  private static Path pipe(String name) throws IOException, InterruptedException {
    Path pipe = temp.resolve(name);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void isRefusedAtOnce() throws Exception {
    Path idx = pipe("train-images-idx3-ubyte");
    Path run = Files.createDirectory(temp.resolve("run"));
    pipe("run/config.json");
    pipe("run/metrics.csv");
    pipe("run/.lock");
    List<Executable> readers =
        List.of(
            () -> Idx.read(idx, Idx.Kind.IMAGES),
            () -> RunFolder.open(run).config(),
            () -> RunFolder.open(run).metrics(),
            () -> RunFolder.openToTrain(run));
    for (Executable reader : readers) {
      FormatException e =
          assertTimeoutPreemptively(
              ChildJvm.HANGS, () -> assertThrows(FormatException.class, reader));
      assertTrue(e.getMessage().contains("not a regular file"), e.getMessage());
    }
  }

  /** Ends in the midst of a file. */
  public static final class EndsWithin {
    private EndsWithin() {}

    /** Writes half a file and leaves. */
    public static void main(String[] args) throws IOException {
      AtomicFile.write(
          Path.of(System.getenv("TARGET")),
          channel -> {
            AtomicFile.writeFully(channel, java.nio.ByteBuffer.allocate(100));
            System.exit(3);
          });
    }
  }

  @Test
  void anEndWithinAFileLeavesNothing() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("half"));
    ChildJvm.Result r =
        ChildJvm.runMain(Map.of("TARGET", folder.resolve("x").toString()), EndsWithin.class);
    assertEquals(3, r.status(), r.err());
    assertEquals(List.of(), List.of(folder.toFile().list()));
  }
}
