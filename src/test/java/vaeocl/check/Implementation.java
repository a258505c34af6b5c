package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vaeocl.ChildJvm;

/** {@code check} in a process of its own, on one implementation of OpenCL. */
record Implementation(String platform, Path driver, Map<String, String> env) {
  private static final Duration LIMIT = ChildJvm.HANGS;
  private static final Pattern ALL_RIGHT =
      Pattern.compile("(?m)^All \\d+ kernels are right in (\\d+) cases\\.$");

  /** A row of the table: kernels that ran in one plan, joined with plus signs. */
  private static final Pattern ROW = Pattern.compile("(?m)^(\\w+(?: \\+ \\w+)*) .* ok$");

  static Implementation pocl(Map<String, String> more) {
    return new Implementation("Portable Computing Language", ChildJvm.POCL, more);
  }

  /** Mesa's compiler, independent of PoCL's. */
  static Implementation rusticl() {
    return new Implementation("rusticl", ChildJvm.RUSTICL, Map.of("RUSTICL_ENABLE", "llvmpipe"));
  }

  /**
   * A simulator that sees accesses out of bounds, races, uninitialised values and diverging
   * barriers. Its exit status says nothing; its log does.
   */
  static Implementation oclgrind(Path log, Map<String, String> more) {
    Map<String, String> env = new HashMap<>();
    env.put("OCLGRIND_LOG", log.toString());
    for (String detector : List.of("DATA_RACES", "UNINITIALIZED", "CHECK_API", "UNIFORM_WRITES")) {
      env.put("OCLGRIND_" + detector, "1");
    }
    env.putAll(more);
    return new Implementation("Oclgrind", ChildJvm.OCLGRIND, env);
  }

  /** Runs {@code check}. */
  ChildJvm.Result check(String... options) throws Exception {
    ChildJvm.needs(driver);
    Map<String, String> all = new HashMap<>(env);
    all.put(ChildJvm.VENDORS, driver.toString());
    List<String> args = new ArrayList<>(List.of("check"));
    args.addAll(List.of(options));
    ChildJvm.Result result =
        ChildJvm.run(LIMIT, all, List.of("-XX:TieredStopAtLevel=4"), args.toArray(new String[0]));
    String device = result.out().lines().findFirst().orElse("");
    assertTrue(device.startsWith("Device: 0 (") && device.contains(platform), result.toString());
    return result;
  }

  /**
   * Runs {@code check} and wants every kernel launched and right in so many cases.
   *
   * @return its table
   */
  String assertRight(Set<String> kernels, long cases, String... options) throws Exception {
    ChildJvm.Result result = check(options);
    assertEquals(0, result.status(), result.toString());
    assertFalse(result.err().contains("OpenCL runtime error detected"), result.toString());
    Matcher matcher = ALL_RIGHT.matcher(result.out());
    assertTrue(matcher.find(), result.toString());
    assertEquals(cases, Long.parseLong(matcher.group(1)), result.out());
    Set<String> right = new TreeSet<>();
    ROW.matcher(result.out()).results().forEach(r -> addAll(right, r.group(1)));
    assertEquals(kernels, right, result.out());
    if (env.containsKey("OCLGRIND_LOG")) {
      Path log = Path.of(env.get("OCLGRIND_LOG"));
      assertTrue(Files.exists(log), "Oclgrind left no log");
      assertEquals("", Files.readString(log));
    }
    return result.out();
  }

  private static void addAll(Set<String> kernels, String joined) {
    Collections.addAll(kernels, joined.split(" \\+ ", -1));
  }
}
