package vaeocl.tune;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import vaeocl.opencl.Tilings;

/**
 * The other end of a {@link Child}: answers questions until they end, whatever it is doing then.
 */
public final class Worker {
  private Worker() {}

  /** Does not return. */
  public static void serve(InputStream in, PrintWriter out, Trials trials, Tilings kind) {
    BlockingQueue<String> questions = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(in, questions), "questions");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      try {
        out.println(Wire.MARK + Wire.answer(questions.take(), trials, kind));
        out.flush();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Where whoever asks is gone, a kernel that never ends must not stay behind. */
  private static void read(InputStream in, BlockingQueue<String> questions) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        questions.add(line);
      }
    } catch (IOException e) {
      // The same as an end.
    }
    Runtime.getRuntime().halt(0);
  }
}
