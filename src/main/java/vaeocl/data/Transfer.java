package vaeocl.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vaeocl.formats.WriteException;

/**
 * Copies a download into a file on a thread of its own. The stream of HttpClient neither times out
 * nor heeds an interrupt; but closing it wakes its reader.
 */
final class Transfer {
  private final InputStream in;
  private final Path file;
  private final long maxBytes;
  private volatile long lastRead = System.nanoTime();

  private Transfer(InputStream in, Path file, long maxBytes) {
    this.in = in;
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /**
   * Copies all of {@code in}, then closes it.
   *
   * @param stall fails where nothing arrives for so long
   * @throws InterruptedIOException if the thread was interrupted, which it then still is
   */
  static void copy(InputStream in, Path file, Duration stall, long maxBytes) throws IOException {
    Transfer transfer = new Transfer(in, file, maxBytes);
    FutureTask<Void> task = new FutureTask<>(transfer::run);
    Thread thread = new Thread(task, "download");
    thread.setDaemon(true);
    thread.start();
    try (in) {
      transfer.await(task, stall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void await(FutureTask<Void> task, Duration stall)
      throws IOException, InterruptedException {
    while (true) {
      long left = stall.toNanos() - (System.nanoTime() - lastRead);
      if (left <= 0) {
        throw new IOException("the transfer stalled");
      }
      try {
        task.get(left, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        // Something may have arrived meanwhile.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WriteException unwritten) {
          throw unwritten;
        }
        throw new IOException(e.getCause().getMessage(), e);
      }
    }
  }

  private Void run() throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      for (int n; (n = read(buffer)) >= 0; ) {
        lastRead = System.nanoTime();
        total += n;
        if (total > maxBytes) {
          throw new IOException("more than " + maxBytes + " bytes");
        }
        write(out, buffer, n);
      }
      return null;
    }
  }

  private void write(OutputStream out, byte[] buffer, int n) throws WriteException {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }

  private int read(byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new IOException("the transfer broke off", e);
    }
  }
}
