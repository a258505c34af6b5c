package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is said of a failure where it depends on the command. */
class FailureTest {
  private static final String SAID = "out of memory (Java heap space): give Java more with -Xmx";

  private static OutOfMemoryError full() {
    return new OutOfMemoryError("Java heap space");
  }

  /** A command that takes more memory than there is. */
  @Command(name = "hungry")
  static final class Hungry implements Runnable {
    @Option(names = "--count")
    int count;

    @Override
    public void run() {
      throw full();
    }
  }

  /** An option is named that the command has, and that its other options leave free. */
  @ParameterizedTest
  @CsvSource({
    "train, ', or lower --hidden'",
    "train --resume RUN, ''",
    "encode RUN, ', or take fewer images with --count'",
    "reconstruct RUN --out x.png, ', or take fewer images with --count'",
    "eval RUN, ''",
    "decode RUN codes.npy, ''",
    "bench, ''"
  })
  void whatTakesLessMemoryIsAnOptionOfTheCommand(String line, String less) {
    CommandLine tree = Cli.tree();
    ValueConverter.register(tree);
    assertEquals(new Failure(1, SAID + less), Failure.of(full(), tree.parseArgs(line.split(" "))));
  }

  @Test
  void theCommandIsTheOneThatRan() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandLine tree = Cli.tree().addSubcommand(new Hungry());
    Cli.run(tree, new String[] {"hungry"}, System.out, StandardStream.of(err));
    assertEquals(
        "vae-ocl: " + SAID + ", or take fewer images with --count\n",
        err.toString(StandardCharsets.UTF_8));
  }
}
