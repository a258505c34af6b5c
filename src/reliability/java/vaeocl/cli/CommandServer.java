package vaeocl.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/**
 * A process that runs one command after the other, because a thousand starts of Java take long:
 * each line of its standard input is a JSON array of words, each line of its output an {@link
 * Outcome}.
 */
final class CommandServer implements AutoCloseable {
  /** Ends what hangs. */
  private static final int LIMIT_SECONDS = 300;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FaultLayer layer;
  private Process process;
  private BufferedReader answers;

  CommandServer(FaultLayer layer) {
    this.layer = layer;
  }

  /** The process's end of it. */
  public static void main(String[] none) throws IOException {
    Locale.setDefault(Locale.ROOT);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Object[] words = JSON.readValue(line, String[].class);
      System.out.println(JSON.writeValueAsString(CommandRun.run(words)));
    }
    System.exit(Cli.OK); // a driver's threads may live on
  }

  FaultLayer layer() {
    return layer;
  }

  /**
   * Runs a command, in a new process where the last one has ended.
   *
   * @return with the exit status of the process, and nothing else, where it crashed
   */
  Outcome run(List<String> words) throws Exception {
    if (process == null) {
      String main = CommandServer.class.getName();
      process = ChildJvm.start(List.of(), layer.environment(), List.of(), main, List.of());
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::readLine);
    String request = JSON.writeValueAsString(words) + "\n";
    try {
      process.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String line = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (line != null && line.startsWith("{")) {
        return JSON.readValue(line, Outcome.class);
      }
      return new Outcome(end(), "", "crashed: " + line);
    } catch (IOException e) {
      return new Outcome(end(), "", "crashed after its last command: " + e);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return new Outcome(end(), "", "still running after " + LIMIT_SECONDS + " s");
    }
  }

  private String readLine() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int end() throws IOException {
    try {
      return ChildJvm.finish(process).status();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } finally {
      process = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.getOutputStream().close();
      end();
    }
  }
}
