package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Feeds damaged copies of a good file to a reader, which must either refuse them in one line that
 * names the file or read them, and must not ask for much memory before it has decided.
 *
 * @param file where the damaged copies are written
 * @param reader reads {@code file}; its result is compared by equals
 */
record HostileFile(Path file, Reader reader) {
  /** A reader's buffers and the test's own garbage. */
  private static final long MODEST = 16 << 20;

  /** Tried besides every single bit flipped: what means something to one format or another. */
  private static final byte[] VALUES = "\0 0:]'\"n".getBytes(StandardCharsets.US_ASCII);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a format's reader does. */
  @FunctionalInterface
  interface Reader {
    Object read(Path file) throws IOException;
  }

  /** How a campaign ended. */
  record Outcome(int refused, int same, int different) {}

  /** What is read of {@code bytes}, or the FormatException that they are refused with. */
  Object result(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return attempt(what(bytes));
  }

  /** The message that {@code bytes} are refused with; fails if they are read. */
  String refused(byte[] bytes) throws IOException {
    Object result = result(bytes);
    if (result instanceof FormatException e) {
      return e.getMessage();
    }
    return fail("read as " + result + ": " + what(bytes));
  }

  /** Every proper prefix of {@code good}, and {@code good} with something behind it. */
  void refusesEveryOtherLength(byte[] good) throws IOException {
    for (int more : new int[] {1, 4, 1000}) {
      refused(Arrays.copyOf(good, good.length + more));
    }
    refusesEveryPrefix(good);
  }

  /** Every proper prefix of {@code good}. */
  void refusesEveryPrefix(byte[] good) throws IOException {
    Files.write(file, good);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int n = good.length - 1; n >= 0; n--) {
        channel.truncate(n);
        Object result = attempt("the first " + n + " bytes");
        assertTrue(result instanceof FormatException, n + " bytes read as " + result);
      }
    }
  }

  /** Contents of other kinds of files. */
  void refusesForeignFiles(byte[]... others) throws IOException {
    List<String> texts =
        List.of(
            "",
            "\n",
            "<!doctype html><html>Not found</html>",
            "PK\3\4",
            "\u007fELF",
            "{}",
            "GIF89a");
    for (String text : texts) {
      refused(text.getBytes(StandardCharsets.ISO_8859_1));
      refused((text + "\0".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1));
      refused((text + "\u00ff".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1));
    }
    for (byte[] other : others) {
      refused(other);
    }
  }

  /** {@code good} with one byte changed, for each of the bytes from..to-1 and many values. */
  Outcome mutate(byte[] good, int from, int to) throws IOException {
    Files.write(file, good);
    Object original = reader.read(file);
    int refused = 0;
    int same = 0;
    int different = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = from; i < to; i++) {
        for (int v = 0; v < 8 + VALUES.length; v++) {
          byte bad = v < 8 ? (byte) (good[i] ^ 1 << v) : VALUES[v - 8];
          if (bad == good[i]) {
            continue;
          }
          channel.write(ByteBuffer.wrap(new byte[] {bad}), i);
          Object result = attempt("byte " + i + " is " + bad);
          if (result instanceof FormatException) {
            refused++;
          } else if (result.equals(original)) {
            same++;
          } else {
            different++;
          }
        }
        channel.write(ByteBuffer.wrap(good, i, 1), i);
      }
    }
    return new Outcome(refused, same, different);
  }

  /** What was read, or the exception; fails on any other exception and on a large allocation. */
  private Object attempt(String what) {
    return attempt(what, false);
  }

  private Object attempt(String what, boolean again) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object result;
    try {
      result = reader.read(file);
    } catch (FormatException e) {
      result = e;
      String message = e.getMessage();
      assertTrue(message.startsWith(file + ": "), message);
      assertEquals(1, message.lines().count(), message);
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        assertFalse(cause instanceof NullPointerException, message);
      }
      assertTrue(message.length() < file.toString().length() + 600, message);
    } catch (IOException | RuntimeException | Error e) {
      return fail(what, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated >= MODEST && !again) {
      return attempt(what, true); // classes that are loaded on the way are so once
    }
    assertTrue(allocated < MODEST, () -> what + ": " + allocated + " bytes allocated");
    return result;
  }

  private static String what(byte[] bytes) {
    return bytes.length
        + " bytes "
        + HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, 200)));
  }
}
