package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.ChildJvm.Result;

/** PoCL in processes of its own, on computers that lack what it needs. */
class PoclAloneTest {
  @TempDir Path tmp;

  @BeforeEach
  void driver() {
    ChildJvm.needs(ChildJvm.POCL);
  }

  private static Map<String, String> environment(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put(ChildJvm.VENDORS, ChildJvm.POCL.toString());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return environment;
  }

  /** A command that computes little. */
  private Process check(List<String> wrapper, Map<String, String> environment) throws IOException {
    String[] command = {"check", "--small", "--tiling", "plain", "--only", "AdamStep"};
    return ChildJvm.start(wrapper, environment, List.of(), command);
  }

  private static void assertRefused(Result result, String part) {
    assertEquals(2, result.status(), result.toString());
    assertTrue(result.err().startsWith("vae-ocl: "), result.err());
    assertTrue(result.err().contains(part), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  /** Runs a command where {@code folder} is an empty file system mounted with these options. */
  private static List<String> mounted(Path folder, String options) throws Exception {
    String mount = "mount -t tmpfs -o " + options + " tmpfs " + folder;
    List<String> own = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
    List<String> shell = List.of("sh", "-c", mount + " && exec \"$@\"", "sh");
    boolean allowed;
    try {
      Process trial =
          new ProcessBuilder(Stream.of(own, shell, List.of("true")).flatMap(List::stream).toList())
              .start();
      allowed = trial.waitFor() == 0;
    } catch (IOException e) {
      allowed = false;
    }
    Assumptions.assumeTrue(allowed, "no file system of one's own can be mounted here");
    own.addAll(shell);
    return own;
  }

  @Test
  void withoutALinkerOnlyCachedKernelsRun() throws Exception {
    Path cache = tmp.resolve("cache");
    String[] variables = {"POCL_CACHE_DIR", cache.toString(), "PATH", "/nonexistent"};
    Map<String, String> environment = environment(variables);
    assertRefused(ChildJvm.finish(check(List.of(), environment)), "apt-get install binutils");
    Map<String, String> linker = environment("POCL_CACHE_DIR", cache.toString());
    assertEquals(0, ChildJvm.finish(check(List.of(), linker)).status());
    Result cached = ChildJvm.finish(check(List.of(), environment));
    assertEquals(0, cached.status(), cached.toString());
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(tmp.resolve("file"));
    String place = file.resolve("below").toString();
    for (String[] variables :
        List.of(
            new String[] {"POCL_CACHE_DIR", place},
            new String[] {"POCL_CACHE_DIR", "", "XDG_CACHE_HOME", place},
            new String[] {"POCL_CACHE_DIR", "", "XDG_CACHE_HOME", "", "HOME", place})) {
      Map<String, String> environment = environment(variables);
      if (environment.get("POCL_CACHE_DIR").isEmpty()) {
        environment.remove("POCL_CACHE_DIR");
      }
      Result result = ChildJvm.finish(check(List.of(), environment));
      assertRefused(result, "cannot write PoCL's cache, " + place);
    }
  }

  @Test
  void aReadOnlyCacheIsNamed() throws Exception {
    Path cache = Files.createDirectory(tmp.resolve("cache"));
    List<String> wrapper = mounted(cache, "ro");
    Map<String, String> environment = environment("POCL_CACHE_DIR", cache.toString());
    String line = "cannot write PoCL's cache, " + cache + ": name another folder in POCL_CACHE_DIR";
    assertRefused(ChildJvm.finish(check(wrapper, environment)), line);
    Path run = tmp.resolve("run");
    Process training =
        ChildJvm.start(
            wrapper,
            environment,
            List.of(),
            "train",
            "--dataset",
            "digits",
            "--out",
            run.toString());
    assertRefused(ChildJvm.finish(training), line);
    assertFalse(Files.exists(run));
    Process devices = ChildJvm.start(wrapper, environment, List.of(), "devices");
    assertRefused(ChildJvm.finish(devices), line);
  }

  @Test
  void fullAndNoexecTemporaryFoldersAreLeftAlone() throws Exception {
    Path folder = Files.createDirectory(tmp.resolve("tmp"));
    Map<String, String> elsewhere = environment("XDG_CACHE_HOME", tmp.resolve("x").toString());
    Map<String, String> nowhere = environment("XDG_CACHE_HOME", folder.toString());
    for (String[] kind :
        new String[][] {{"size=64k", " is full"}, {"noexec", " forbids execution"}}) {
      List<String> wrapper = mounted(folder, kind[0]);
      List<String> place = List.of("-Djava.io.tmpdir=" + folder);
      Result result = ChildJvm.finish(ChildJvm.start(wrapper, elsewhere, place, "devices"));
      assertEquals(0, result.status(), result.toString());
      result = ChildJvm.finish(ChildJvm.start(wrapper, nowhere, place, "devices"));
      assertRefused(result, folder + kind[1]);
      assertTrue(result.err().contains("-Djava.io.tmpdir=DIR"), result.err());
    }
  }

  @Test
  void firstCompilationsAtOnceDoNotCollide() throws Exception {
    Map<String, String> environment =
        environment("POCL_CACHE_DIR", tmp.resolve("cache").toString());
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(check(List.of(), environment));
    }
    for (Process process : processes) {
      Result result = ChildJvm.finish(process);
      assertEquals(0, result.status(), result.toString());
    }
  }

  /** Other entries of the loader's list, however broken, hide no good one. */
  @Test
  void librariesThatAreMissingOrNoneOfOpenClAreIgnored() throws Exception {
    Path vendors = Files.createDirectory(tmp.resolve("vendors"));
    Files.writeString(vendors.resolve("a.icd"), "/nonexistent/libx.so\n");
    Files.writeString(vendors.resolve("b.icd"), "libz.so.1\n");
    Map<String, String> environment = environment(ChildJvm.VENDORS, vendors.toString());
    assertRefused(ChildJvm.run(environment, List.of(), "devices"), "no OpenCL device found");
    Files.copy(ChildJvm.POCL, vendors.resolve("c.icd"));
    Result result = ChildJvm.run(environment, List.of(), "devices");
    assertEquals(0, result.status(), result.toString());
  }
}
