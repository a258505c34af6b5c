package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line in the tests' own process. */
final class CommandRun {
  private CommandRun() {}

  /** What a command left: its exit status and its two streams. */
  record Outcome(int status, String out, String err) {}

  /** Runs the program with these arguments, as text. */
  static Outcome run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Cli.run(
            Arrays.stream(args).map(Object::toString).toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that has nothing to complain of; what it prints. */
  static String ok(Object... args) {
    Outcome o = run(args);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    return o.out();
  }

  /** As {@link #ok}, with --json: one line, an object of values. */
  static JsonNode json(Object... args) throws IOException {
    List<Object> all = new ArrayList<>(List.of(args));
    all.add("--json");
    String out = ok(all.toArray());
    assertEquals(1, out.strip().lines().count(), out);
    JsonNode node = new ObjectMapper().readTree(out);
    node.forEach(value -> assertTrue(value.isValueNode(), out));
    return node;
  }

  /** A mistake of the user's: status 2 and one line that says it. */
  static void assertRefused(Outcome o, String part) {
    assertFails(o, Cli.USER_ERROR, part);
  }

  /** One line on stderr, besides where to find help, holds {@code part}. */
  static void assertFails(Outcome o, int status, String part) {
    assertEquals(status, o.status(), o.err());
    assertEquals(1, o.err().strip().lines().filter(l -> !l.startsWith("Try '")).count(), o.err());
    assertTrue(o.err().startsWith("vae-ocl: ") && o.err().contains(part), o.err());
  }
}
