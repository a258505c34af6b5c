package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;

/** Writers that the end of the program, or somebody's kill, comes upon. */
class AtomicFileTest {
  private static final String FOLDER = "ATOMIC_FILE_TEST";
  private static volatile boolean written;

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void nothingIsBegunOnceTheEndHas(@TempDir Path folder) throws Exception {
    Map<String, String> env = Map.of(FOLDER, folder.toString());
    ChildJvm.Result result = ChildJvm.runMain(env, AtomicFileTest.class);
    assertEquals(3, result.status(), result.toString());
    assertEquals("", result.err());
    assertEquals(List.of(), names(folder));
  }

  /** The process: its end waits until the file is half written, or its writer waits too. */
  public static void main(String[] args) throws Exception {
    Thread writer = Thread.currentThread();
    CountDownLatch ending = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ending.countDown();
                  while (!written && writer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                  }
                }));
    new Thread(() -> System.exit(3)).start();
    while (ending.getCount() > 0) {
      Thread.onSpinWait();
    }
    AtomicFile.write(
        Path.of(System.getenv(FOLDER), "file"),
        channel -> {
          written = true;
          while (true) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void whoeverIsAloneSweepsAtOnce(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Files.createFile(folder.resolve(".file.8c1f.tmp"));
    Files.createFile(folder.resolve(".another.8c1f.tmp"));
    AtomicFile.sweep(file);
    assertEquals(List.of(".another.8c1f.tmp", "file"), names(folder).stream().sorted().toList());
  }
}
