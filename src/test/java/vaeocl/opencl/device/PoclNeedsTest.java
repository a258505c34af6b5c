package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoclNeedsTest {
  @TempDir Path tmp;

  private Optional<String> missing(String driver, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("POCL_CACHE_DIR", tmp.resolve("cache").toString());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new PoclNeeds(environment).missing(driver);
  }

  private String program(String name) throws Exception {
    Path folder = Files.createDirectories(tmp.resolve("bin-" + name));
    assertTrue(Files.createFile(folder.resolve(name)).toFile().setExecutable(true));
    return "/nonexistent::" + folder;
  }

  @Test
  void aLinkerIsNeededUntilKernelsAreCached() throws Exception {
    String line = missing("3.1+debian").orElseThrow();
    assertTrue(line.contains("apt-get install binutils"), line);
    assertTrue(missing("6.0", "PATH", program("old")).isPresent());
    Path cached = tmp.resolve("cache/NN/GB/adam_step/1-1-1-goffs0");
    Files.createDirectories(cached);
    Files.createFile(tmp.resolve("cache/NN/GB/program.bc"));
    assertTrue(missing("3.1+debian").isPresent(), "a program that is not linked yet");
    Files.createFile(cached.resolve("adam_step.so"));
    assertEquals(Optional.empty(), missing("3.1+debian"));
  }

  @Test
  void linkersHaveSeveralNames() throws Exception {
    for (String name : new String[] {"ld", "x86_64-linux-gnu-ld", "ld.lld"}) {
      assertEquals(Optional.empty(), missing("3.1+debian", "PATH", program(name)), name);
    }
  }

  @Test
  void laterVersionsMayLinkThemselves() {
    assertEquals(Optional.empty(), missing("7.0"));
    assertEquals(Optional.empty(), missing("10.1"));
    assertTrue(missing("6").isPresent());
  }

  @Test
  void theCacheHasToBeAFolderThatCanBeMade() throws Exception {
    Path file = Files.createFile(tmp.resolve("file"));
    String line = missing("7.0", "POCL_CACHE_DIR", file.resolve("below").toString()).orElseThrow();
    assertTrue(line.contains(file + "/below") && line.contains("POCL_CACHE_DIR"), line);
    String caches = file.toString();
    line = missing("7.0", "POCL_CACHE_DIR", "", "XDG_CACHE_HOME", caches).orElseThrow();
    assertTrue(line.contains(file + "/pocl/kcache"), line);
    line = missing("7.0", "POCL_CACHE_DIR", "", "HOME", caches).orElseThrow();
    assertTrue(line.contains(file + "/.cache/pocl/kcache"), line);
  }
}
