package vaeocl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The program in a process of its own: for drivers, which load once a process, and for crashes. */
public final class ChildJvm {
  /** Ends what hangs, and nothing that is merely slow: no test fails because it took long. */
  public static final Duration HANGS = Duration.ofMinutes(20);

  /** Points the OpenCL loader at one driver alone. */
  public static final String VENDORS = "OCL_ICD_VENDORS";

  public static final Path POCL = Path.of("/etc/OpenCL/vendors/pocl.icd");
  public static final Path RUSTICL = Path.of("/etc/OpenCL/vendors/rusticl.icd");
  public static final Path OCLGRIND = Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so");

  /** What a process left: its exit status and its two streams. */
  public record Result(int status, String out, String err) {}

  private static final Map<Process, Path> ERRORS = new ConcurrentHashMap<>();

  private ChildJvm() {}

  /** Skips the test without the driver, or fails it where {@code -Dvaeocl.drivers=required}. */
  public static void needs(Path driver) {
    needs(Files.exists(driver), "OpenCL driver " + driver);
  }

  /** The same of anything else. */
  public static void needs(boolean there, String what) {
    if (!there && "required".equals(System.getProperty("vaeocl.drivers"))) {
      Assertions.fail("missing: " + what);
    }
    Assumptions.assumeTrue(there, () -> "missing: " + what);
  }

  /** Starts the program. */
  public static Process start(Map<String, String> env, List<String> jvmOptions, String... args)
      throws IOException {
    return start(List.of(), env, jvmOptions, args);
  }

  /** Starts the program under another one, such as strace. */
  public static Process start(
      List<String> wrapper, Map<String, String> env, List<String> jvmOptions, String... args)
      throws IOException {
    return start(wrapper, env, jvmOptions, "vaeocl.Main", List.of(args));
  }

  /** Runs the main method of a class of the tests. */
  public static Result runMain(Map<String, String> env, Class<?> main, String... args)
      throws IOException, InterruptedException {
    return finish(start(List.of(), env, List.of(), main.getName(), List.of(args)));
  }

  /** Starts the main method of any class under another program. */
  public static Process start(
      List<String> wrapper,
      Map<String, String> env,
      List<String> jvmOptions,
      String main,
      List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=/dev/null");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(env);
    builder.redirectError(Files.createTempFile("vae-ocl-test", ".err").toFile());
    Process process = builder.start();
    ERRORS.put(process, builder.redirectError().file().toPath());
    return process;
  }

  /** Sends a signal, by its name: Process.destroy() knows one alone, and closes the streams too. */
  public static void signal(Process process, String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
  }

  /** Waits for the end, at most a minute. */
  public static Result finish(Process process) throws IOException, InterruptedException {
    return finish(process, HANGS);
  }

  /** Waits for the end, and fails where it does not come in time. */
  public static Result finish(Process process, Duration limit)
      throws IOException, InterruptedException {
    // The clock runs while output is read: a process that hangs does not close it.
    CompletableFuture<Void> end =
        process
            .onExit()
            .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
            .handle(
                (ended, late) -> {
                  if (late != null) {
                    process.destroyForcibly();
                    throw new CompletionException(late);
                  }
                  return null;
                });
    String out;
    try (InputStream stream = process.getInputStream()) {
      out = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    process.waitFor();
    try {
      end.join();
    } catch (CompletionException e) {
      Assertions.fail("still running after " + limit.toSeconds() + " s", e);
    }
    Path file = ERRORS.remove(process);
    String err = Files.readString(file);
    Files.delete(file);
    return new Result(process.exitValue(), out, err);
  }

  /** Starts the program and waits for it. */
  public static Result run(Map<String, String> env, List<String> jvmOptions, String... args)
      throws IOException, InterruptedException {
    return finish(start(env, jvmOptions, args));
  }

  /** The same with another limit than a minute. */
  public static Result run(
      Duration limit, Map<String, String> env, List<String> jvmOptions, String... args)
      throws IOException, InterruptedException {
    return finish(start(env, jvmOptions, args), limit);
  }
}
