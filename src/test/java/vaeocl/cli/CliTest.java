package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.opencl.device.NoDeviceException;
import vaeocl.opencl.device.OpenClException;

class CliTest {
  enum Likelihood {
    BERNOULLI,
    GAUSSIAN_FIXED
  }

  /** A command that does what a test wants. */
  @Command(name = "probe")
  static final class Probe implements Callable<Integer> {
    @Option(names = "--rate")
    double rate;

    @Option(names = "--steps")
    int steps;

    @Option(names = "--likelihood")
    Likelihood likelihood;

    @Option(names = "--weights")
    Map<Likelihood, Double> weights;

    @Spec CommandSpec spec;
    Throwable thrown;
    String text = "";

    @Override
    @SuppressWarnings("unchecked")
    public Integer call() throws Exception {
      if (thrown != null) {
        throw CliTest.<Exception>sneaky(thrown);
      }
      spec.commandLine().getOut().print(text);
      return 0;
    }
  }

  private record Run(int status, String out, String err) {}

  private final Probe probe = new Probe();
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable t) throws T {
    throw (T) t;
  }

  private Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandLine tree = Cli.tree().addSubcommand(probe);
    int status = Cli.run(tree, args, StandardStream.of(out), StandardStream.of(err));
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private void assertFails(int status, String message, Throwable thrown) {
    probe.thrown = thrown;
    assertEquals(new Run(status, "", "vae-ocl: " + message + "\n"), run("probe"));
  }

  @Test
  void mistakesAreOneLineAndStatusTwo() {
    assertFails(2, "--batch must be positive", new UserError("--batch must be positive"));
    assertFails(2, "none", new NoDeviceException("none"));
    assertFails(2, "no such file or folder: runs/x", new NoSuchFileException("runs/x"));
    assertFails(
        2,
        "cannot write runs/x: permission denied",
        new UncheckedIOException(new AccessDeniedException("runs/x")));
    assertFails(2, "first; second", new UserError("first\n  second\n"));
  }

  @Test
  void failuresAreOneLineAndStatusOne() {
    assertFails(
        1,
        "unexpected IllegalStateException: odd (--verbose shows where)",
        new IllegalStateException("odd"));
    assertFails(
        1,
        "out of memory (Java heap space): give Java more with -Xmx, which was " + Memory.xmx(1),
        new OutOfMemoryError("Java heap space"));
    assertFails(
        1,
        "unexpected StackOverflowError: no details given (--verbose shows where)",
        new StackOverflowError());
  }

  @Test
  void openClFailuresAreStatusOne() {
    vaeocl.ChildJvm.needs(vaeocl.ChildJvm.POCL);
    assertFails(
        1,
        "clFinish failed: CL_OUT_OF_RESOURCES (-5); free memory that other programs hold, or choose"
            + " another --device",
        new OpenClException("clFinish", -5));
    assertFails(
        1,
        "clFlush failed: unknown error (-9999): late; try again, or choose another --device",
        new OpenClException("clFlush", -9999, "late"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void verboseAddsTheTraceWhereverItStands(boolean first) {
    probe.thrown = new UserError("wrong");
    Run run = first ? run("--verbose", "probe") : run("probe", "--verbose");
    assertTrue(run.err().startsWith("vae-ocl: wrong\n"), run.err());
    assertTrue(run.err().contains("\tat vaeocl.cli.CliTest"), run.err());
  }

  @Test
  void wrongUsageIsOneLineAndAHint() {
    Run option = run("probe", "--stepz", "3");
    assertEquals(
        "vae-ocl: unknown option '--stepz'; did you mean --steps?\nTry 'vae-ocl probe --help'.\n",
        option.err());
    assertEquals(2, option.status());
    assertEquals(
        """
        vae-ocl: invalid value for option '--steps': expected a whole number but was 'many'
        Try 'vae-ocl probe --help'.
        """,
        run("probe", "--steps", "many").err());
    assertTrue(run("prbe").err().startsWith("vae-ocl: unknown command 'prbe'"));
    String none = run().err();
    assertTrue(none.startsWith("vae-ocl: no command given; there are: "), none);
    assertTrue(none.lines().findFirst().orElse("").contains("probe"), none);
    assertTrue(run("probe", "x").err().startsWith("vae-ocl: unexpected argument 'x'\n"));
  }

  @Test
  void helpSucceeds() {
    Run help = run("--help");
    assertEquals(0, help.status());
    assertTrue(help.out().contains("devices") && help.out().contains("--verbose"), help.out());
    assertTrue(run("probe", "--help").out().contains("--verbose"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "de", "ar", "en"})
  void valuesAreReadAlikeInEveryLocale(String language) {
    Locale.setDefault(Locale.forLanguageTag(language));
    Run run =
        run(
            "probe",
            "--rate",
            "1.5e-3",
            "--steps",
            "12",
            "--likelihood",
            "gaussian-fixed",
            "--weights",
            "bernoulli=0.5");
    assertEquals(new Run(0, "", ""), run);
    assertEquals(1.5e-3, probe.rate);
    assertEquals(12, probe.steps);
    assertEquals(Likelihood.GAUSSIAN_FIXED, probe.likelihood);
    assertEquals(Map.of(Likelihood.BERNOULLI, 0.5), probe.weights);
    assertEquals(2, run("probe", "--rate", "1,5").status());
    assertEquals(
        "vae-ocl: invalid value for option '--likelihood': expected one of bernoulli,"
            + " gaussian-fixed but was 'poisson'",
        run("probe", "--likelihood", "poisson").err().lines().findFirst().orElse(""));
  }

  @Test
  void outputIsUtf8() {
    probe.text = "ß → µ\n";
    assertEquals("ß → µ\n", run("probe").out());
  }

  @Test
  void unwritableOutputFailsQuietlyWhereTheReaderLeft() {
    probe.text = "text\n";
    for (String reason : List.of("Broken pipe", "No space left on device")) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream out = StandardStream.of(failing(reason));
      CommandLine tree = Cli.tree().addSubcommand(probe);
      assertEquals(1, Cli.run(tree, new String[] {"probe"}, out, StandardStream.of(err)));
      String expected =
          reason.contains("pipe") ? "" : "vae-ocl: cannot write standard output: " + reason + "\n";
      assertEquals(expected, err.toString(StandardCharsets.UTF_8));
    }
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void tableAlignsItsColumns() {
    Table table = new Table("name", ">size");
    table.row("µ", "7");
    table.row("longer", "1234");
    assertEquals(List.of("name    size", "µ          7", "longer  1234"), table.lines());
    assertFalse(table.lines().get(0).endsWith(" "));
  }
}
