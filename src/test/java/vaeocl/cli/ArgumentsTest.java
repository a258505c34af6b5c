package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;
import static vaeocl.cli.CommandRun.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/** What is wrong with a command line by itself, whatever the files and devices are. */
class ArgumentsTest {
  @TempDir Path temp;

  private static String[] words(String line) {
    return Arrays.stream(line.split(" ")).map(w -> w.equals("''") ? "" : w).toArray(String[]::new);
  }

  /** Each option of each command that takes a value, as a shell passes an unset variable. */
  static Stream<String> options() {
    return Cli.tree().getSubcommands().entrySet().stream()
        .flatMap(
            command ->
                command.getValue().getCommandSpec().options().stream()
                    .filter(o -> !o.usageHelp() && !o.versionHelp() && !o.inherited())
                    .map(OptionSpec::longestName)
                    .map(name -> command.getKey() + " " + name));
  }

  @ParameterizedTest
  @MethodSource("options")
  void emptyValuesAreRefused(String commandAndOption) {
    String command = commandAndOption.split(" ", -1)[0];
    String option = commandAndOption.split(" ", -1)[1];
    CommandLine line = Cli.tree().getSubcommands().get(command);
    Stream<String> files =
        line.getCommandSpec().positionalParameters().stream()
            .filter(p -> p.arity().min() > 0)
            .map(p -> "nowhere");
    for (String value : List.of("", " ")) {
      Object[] args = Stream.concat(Stream.of(command, option + "=" + value), files).toArray();
      Outcome o = run(args);
      assertEquals("", o.out());
      assertRefused(o, option);
      files = Stream.of("nowhere", "nowhere").limit(args.length - 2);
    }
    assertEquals(List.of(), List.of(temp.toFile().list()));
  }

  @ParameterizedTest
  @CsvSource({
    "eval '', MODEL is empty",
    "report '', RUN is empty",
    "encode nowhere '', IMAGES is empty",
    "decode nowhere '', CODES is empty",
    "train --data '', --data is empty",
    "export nowhere --onnx '', --onnx is empty",
    "help '', COMMAND is empty",
    "generate m --count 5 --steps 4, --steps is for --between and --between-table alone",
    "generate m --steps 4, --steps is for --between and --between-table alone",
    "generate m --grid 5 --data d, --data is for --between and --between-table alone",
    "generate m --dataset digits, --dataset is for --between and --between-table alone",
    "'generate m --between 1,2 --seed 4', --seed is for --count",
    "generate m --between-table --seed 4, --seed is for --count",
    "generate m --between-table --count 4, mutually exclusive",
    "generate m --grid 4 --seed 4, --seed is for --count",
    "encode m --seed 4, --seed means nothing here",
    "decode m c --seed 4, --seed means nothing here",
    "export m --onnx x --seed 4, --seed means nothing here",
    "reconstruct m --seed 4, --seed is for --z sampled",
    "reconstruct m --z mean --seed 4, --seed is for --z sampled",
    "bench --repeats 1001, 1 to 1000",
    "bench --json nowhere/x.json, there is no folder",
    "profile --trace nowhere/x.json, there is no folder",
    "train --watch 70000, 65535",
    "help trian, did you mean train?",
    "trian, did you mean train?",
    "help xyzzy, unknown command 'xyzzy'",
    "train --epcohs=3, did you mean --epochs?",
    "train --latnet 3, did you mean --latent?",
  })
  void mistakesGetOneLineBeforeAnythingIsRead(String line, String part) {
    Outcome o = run((Object[]) words(line));
    assertRefused(o, part);
    assertEquals("", o.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate m --seed 4", "generate m --count 3 --seed 4"})
  void theSeedDrawsThePoints(String line) {
    Outcome o = run((Object[]) words(line));
    assertFalse(o.err().contains("--seed"), o.err());
  }

  @Test
  void reconstructDrawsZWithASeed() {
    Outcome o = run("reconstruct", "m", "--z", "sampled", "--seed", 4);
    assertRefused(o, "m: no such file");
  }

  @Test
  void helpIsThatOfTheCommand() {
    assertEquals(run("train", "--help").out(), run("help", "train").out());
    assertEquals(run("--help").out(), run("help").out());
    assertTrue(run("generate", "--help", "--steps", 3).out().contains("Usage"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  @Test
  void argumentsComeFromFiles() throws IOException {
    Path inner = file("inner", "--data 'no where'\n# a comment --foo\n");
    Path outer = file("outer", "train --epochs\t3\n@" + inner + "\n\"@@x\"");
    String[] expanded = ArgumentFiles.expand(new String[] {"@" + outer, "@@y", "@"});
    assertEquals(
        List.of("train", "--epochs", "3", "--data", "no where", "@x", "@y", "@"),
        List.of(expanded));
  }

  @Test
  void argumentFilesThatAreNoneGetOneLineAtOnce() throws IOException {
    Path self = file("self", "--epochs 1 @" + temp.resolve("self"));
    Path a = temp.resolve("a");
    Files.writeString(a, "@" + file("b", "@" + a));
    Path large = temp.resolve("large");
    byte[] rubbish = new byte[3 << 20];
    new Random(1).nextBytes(rubbish);
    Files.write(large, rubbish);
    Path small = Files.write(temp.resolve("small"), Arrays.copyOf(rubbish, 60_000));
    Path zero = file("zero", "--data a\0b");
    Path long1 = file("long", "x".repeat(60_000));
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(self, "names itself");
    files.put(a, "names itself");
    files.put(large, "larger than 64 KB");
    files.put(small, "not valid text");
    files.put(zero, "zero bytes");
    files.put(temp.resolve("missing"), "no such file");
    files.put(temp, "it is a folder");
    files.put(long1, "unexpected argument");
    files.forEach(
        (file, part) -> {
          Outcome o = assertTimeoutPreemptively(ChildJvm.HANGS, () -> run("train", "@" + file));
          assertRefused(o, part);
          assertTrue(o.err().length() < 1000, part);
        });
  }

  @Test
  void jsonHasNoInfiniteNumbers() throws IOException {
    StringWriter err = new StringWriter();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("a", Double.POSITIVE_INFINITY);
    values.put("b", List.of(Map.of("c", Float.NaN), 1));
    values.put("d", 1.5);
    String line = Json.line(values, new PrintWriter(err, true));
    assertEquals("{\"a\":null,\"b\":[{\"c\":null},1],\"d\":1.5}", line);
    assertEquals("vae-ocl: warning: null in the JSON, since not finite: a, c\n", err.toString());
    assertEquals(
        new ObjectMapper().readTree(line),
        new ObjectMapper().readTree(Json.pretty(values, new PrintWriter(new StringWriter()))));
  }

  @Test
  void aDumbTerminalGetsNoBar() {
    assertFalse(Terminal.shows("dumb"));
    assertTrue(Terminal.shows("xterm"));
    assertTrue(Terminal.shows(null));
  }
}
