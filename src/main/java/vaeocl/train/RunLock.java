package vaeocl.train;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import vaeocl.formats.FormatException;

/**
 * Keeps a second process from training in the same folder.
 *
 * <p>On one machine the system's lock decides: a killed process holds none. Machines that share a
 * file system may not see each other's locks, or see those of a machine that is dead; so the owner
 * writes its name and a growing number into the file, and another machine waits whether the number
 * grows. Where it does not, the owner is dead and the lock is taken over; should it come back, it
 * finds another's name there and writes nothing any more.
 */
final class RunLock implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final Duration BEAT = Duration.ofSeconds(5);

  /** Bytes of the file. */
  private static final int LONGEST = 1000;

  /** Byte that is locked: behind the text, since on Windows nobody else reads what is locked. */
  private static final int LOCKED = LONGEST;

  /** Several beats, and longer than NFS keeps a file's attributes. */
  private static final Duration SILENCE = Duration.ofSeconds(70);

  /** Beyond what clocks of machines differ by. */
  private static final Duration LONG_DEAD = Duration.ofHours(1);

  private final Path file;
  private final Object key;
  private final String owner;
  private long beats;
  private final FileChannel channel;
  private final Timer heart = new Timer("heartbeat", true);
  private boolean closed;

  private RunLock(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    key = key(file);
    owner = host() + " " + UUID.randomUUID();
    beat();
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            beat();
          }
        };
    heart.schedule(task, BEAT.toMillis(), BEAT.toMillis());
  }

  /**
   * @throws InUseException if another process, or another run of this one, trains in the folder
   */
  static RunLock take(Path folder) throws IOException {
    return take(folder, SILENCE);
  }

  /**
   * @param silence after which another machine's owner is dead
   */
  static RunLock take(Path folder, Duration silence) throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FormatException(file, "is not a regular file; remove it"); // a pipe would hang
    }
    FileChannel channel = open(file);
    try {
      boolean held = held(channel);
      String found = content(channel);
      boolean here = found.isEmpty() || found.startsWith(host() + " ");
      if (here ? held : alive(channel, file, found, silence)) {
        throw new InUseException(folder);
      }
      if (held) { // by a dead machine: a file of this name without its lock
        channel.close();
        Files.deleteIfExists(file);
        channel = open(file);
        if (held(channel)) {
          throw new InUseException(folder);
        }
      }
      return new RunLock(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** What tells a file from another of its name; null where the system has no such thing. */
  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether somebody has the system's lock, which else is ours from now on. */
  private static boolean held(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock(LOCKED, 1, false);
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false; // a file system without locks
    }
  }

  /** Whether an owner on another machine goes on writing. */
  private static boolean alive(FileChannel channel, Path file, String found, Duration silence)
      throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    if (written.isBefore(Instant.now().minus(LONG_DEAD))) {
      return false;
    }
    long end = System.nanoTime() + silence.toNanos();
    try {
      while (System.nanoTime() < end) {
        Thread.sleep(Math.min(1000, silence.toMillis() / 10 + 1));
        if (!content(channel).equals(found)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return false;
  }

  /** Never read by another channel: closing one gives up the locks of all. */
  private static String content(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    int size = Math.max(0, channel.read(bytes, 0));
    return new String(bytes.array(), 0, size, StandardCharsets.UTF_8);
  }

  private synchronized void beat() {
    if (closed) {
      return;
    }
    try {
      byte[] text = (owner + " " + beats++ + "\n").getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(text), 0);
      channel.force(false); // else NFS keeps it for itself
    } catch (IOException e) {
      // A full disk: other machines see no beat, and this training learns of them as it saves.
      return;
    }
  }

  /**
   * @throws IOException if another machine's training took the folder, which was silent too long
   */
  void requireOwned() throws IOException {
    String found = content(channel);
    boolean another = !found.isEmpty() && !found.startsWith(owner);
    if (another || (Files.exists(file) && !Objects.equals(key, key(file)))) {
      throw new FormatException(
          file, "another training took the folder over, as this one was still for too long");
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** The file stays, empty: another process may have opened it already, to lock it next. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    heart.cancel();
    try {
      requireOwned();
      channel.truncate(0);
    } catch (IOException e) {
      return; // it stays as another's, or as a dead owner's
    } finally {
      channel.close();
    }
  }
}
