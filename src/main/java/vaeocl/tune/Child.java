package vaeocl.tune;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vaeocl.opencl.plan.Tiling;

/**
 * Trials in a process of their own, which is ended where a kernel or a compiler does not come to an
 * end, and begun again for the next question.
 */
public final class Child implements Trials, AutoCloseable {
  /** Says that a stream has ended. */
  private static final String END = "end";

  private final List<String> command;
  private Process process;
  private BlockingQueue<String> answers;
  private volatile String complaint = "";

  /**
   * @param command starts this program as a {@link Worker}
   */
  public Child(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public long build(Tiling tiling, Duration limit) throws RejectedException {
    return Long.parseLong(ask("build", Depth.FIRST, tiling, limit));
  }

  @Override
  public void check(Tiling tiling, Depth depth, Duration limit) throws RejectedException {
    ask("check", depth, tiling, limit);
  }

  @Override
  public Timing time(Tiling tiling, Depth depth, Duration limit) throws RejectedException {
    return Timing.parse(ask("time", depth, tiling, limit));
  }

  private String ask(String verb, Depth depth, Tiling tiling, Duration limit)
      throws RejectedException {
    try {
      if (process == null) {
        start();
      }
      Writer questions = process.outputWriter(StandardCharsets.UTF_8);
      questions.write(Wire.question(verb, depth, tiling) + "\n");
      questions.flush();
    } catch (IOException e) {
      throw ended();
    }
    String answer;
    try {
      answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new RejectedException("interrupted", e);
    }
    if (answer == null) {
      close();
      throw new RejectedException("no answer within " + limit.toSeconds() + " s");
    }
    if (answer.equals(END)) {
      throw ended();
    }
    if (answer.startsWith(Wire.FINE)) {
      return answer.substring(Wire.FINE.length());
    }
    throw new RejectedException(answer.substring(Wire.REJECTED.length()));
  }

  private void start() throws IOException {
    complaint = "";
    process = new ProcessBuilder(command).start();
    answers = new LinkedBlockingQueue<>();
    BlockingQueue<String> queue = answers;
    read(
        process.getInputStream(),
        line -> {
          if (line.startsWith(Wire.MARK)) {
            queue.add(line.substring(Wire.MARK.length()));
          }
        },
        () -> queue.add(END));
    read(
        process.getErrorStream(),
        line -> {
          if (!line.isBlank()) {
            complaint = line;
          }
        },
        () -> {});
  }

  private static void read(InputStream stream, Consumer<String> lines, Runnable end) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines);
              } catch (IOException | UncheckedIOException e) {
                // It was ended.
              }
              end.run();
            },
            "answers");
    reader.setDaemon(true);
    reader.start();
  }

  /** The process ended by itself. */
  private RejectedException ended() {
    close();
    return new RejectedException(
        "ended its process" + (complaint.isEmpty() ? "" : " (" + complaint + ")"));
  }

  /** Ends the process, whatever it does. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }
}
