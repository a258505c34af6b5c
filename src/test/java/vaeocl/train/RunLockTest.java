package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;

class RunLockTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(".lock");
  }

  @Test
  void oneAtATimeAndAgainWhenItIsClosed() throws IOException {
    RunLock first = RunLock.take(folder);
    assertThrows(InUseException.class, () -> RunLock.take(folder));
    first.close();
    assertEquals("", Files.readString(file));
    RunLock.take(folder).close();
  }

  @Test
  void aKilledOwnerOfThisMachineHoldsNothing() throws IOException {
    RunLock killed = RunLock.take(folder);
    String left = Files.readString(file);
    killed.close();
    Files.writeString(file, left);
    RunLock.take(folder, LONG).close(); // without a wait
  }

  @Test
  void anotherMachineThatWritesIsAlive() throws Exception {
    Files.writeString(file, "elsewhere 1 0\n");
    Thread owner =
        new Thread(
            () -> {
              try {
                Thread.sleep(SHORT.toMillis());
                Files.writeString(file, "elsewhere 1 1\n");
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    owner.start();
    assertThrows(InUseException.class, () -> RunLock.take(folder, LONG));
    owner.join();
  }

  @Test
  void aSilentOneIsDeadAlsoWhereItsLockIsStillHeld() throws IOException {
    Files.writeString(file, "elsewhere 1 7\n");
    try (FileChannel dead = FileChannel.open(file, StandardOpenOption.WRITE)) {
      dead.lock();
      RunLock taken = RunLock.take(folder, SHORT);
      taken.requireOwned();
      taken.close();
    }
  }

  @Test
  void nobodyWaitsForOneThatIsLongDead() throws IOException {
    Files.writeString(file, "elsewhere 1 7\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    RunLock.take(folder, LONG).close();
  }

  @Test
  void anOwnerThatLostItsLockNoticesAndLeavesItAlone() throws IOException {
    RunLock lost = RunLock.take(folder);
    Files.writeString(file, "elsewhere 2 0\n");
    IOException e = assertThrows(IOException.class, lost::requireOwned);
    assertEquals(true, e.getMessage().contains("another training took the folder over"));
    lost.close();
    assertEquals("elsewhere 2 0\n", Files.readString(file));
  }

  @Test
  void anotherProcessIsKeptOutAlsoAfterTheOwnerLooked() throws Exception {
    try (RunLock lock = RunLock.take(folder)) {
      lock.requireOwned();
      ChildJvm.Result other = ChildJvm.runMain(Map.of(), RunLockTest.class, folder.toString());
      assertEquals(0, other.status(), other.err());
      lock.requireOwned();
    }
  }

  /** Ends with 0 where somebody has the folder. */
  public static void main(String[] args) throws IOException {
    try {
      RunLock.take(Path.of(args[0])).close();
      System.exit(1);
    } catch (InUseException e) {
      System.exit(0);
    }
  }
}
