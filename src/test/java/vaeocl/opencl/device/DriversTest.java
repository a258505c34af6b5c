package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.ChildJvm.Result;

/** The listing in processes of its own: one driver or none, hostile temporary folders. */
class DriversTest {
  private static Result devices(Map<String, String> env, String... jvmOptions) throws Exception {
    return ChildJvm.run(env, List.of(jvmOptions), "devices");
  }

  private static void assertListed(Result result, String name) {
    assertEquals(0, result.status(), result.toString());
    String line = result.out().lines().skip(1).findFirst().orElse("");
    assertTrue(line.startsWith("*  0  CPU") && line.contains(name), result.toString());
  }

  @Test
  void pocl() throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    assertListed(devices(Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString())), "Portable");
  }

  @Test
  void rusticlRefusesWideDeviceTypes() throws Exception {
    ChildJvm.needs(ChildJvm.RUSTICL);
    Map<String, String> env =
        Map.of(ChildJvm.VENDORS, ChildJvm.RUSTICL.toString(), "RUSTICL_ENABLE", "llvmpipe");
    assertListed(devices(env), "llvmpipe");
  }

  @Test
  void platformWithoutDevicesIsMentioned() throws Exception {
    ChildJvm.needs(ChildJvm.RUSTICL);
    Result result =
        devices(Map.of(ChildJvm.VENDORS, ChildJvm.RUSTICL.toString(), "RUSTICL_ENABLE", ""));
    assertEquals(2, result.status());
    assertTrue(result.out().startsWith("platform rusticl: no devices"), result.out());
    assertTrue(result.err().startsWith("vae-ocl: no OpenCL device found. "), result.err());
    assertTrue(result.err().contains("; platform rusticl: no devices"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  @Test
  void oclgrindIsACpu() throws Exception {
    ChildJvm.needs(ChildJvm.OCLGRIND);
    assertListed(devices(Map.of(ChildJvm.VENDORS, ChildJvm.OCLGRIND.toString())), "Oclgrind");
  }

  @Test
  void noDriverIsOneLine() throws Exception {
    Result result = devices(Map.of(ChildJvm.VENDORS, "/nonexistent"));
    assertEquals(2, result.status());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("vae-ocl: no OpenCL "), result.err());
    assertTrue(result.err().contains("apt-get install"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  @Test
  void plantedAndTruncatedLibrariesAreNotLoaded(@TempDir Path tmp) throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    for (String system : List.of("linux-x86_64", "linux-arm64")) {
      Files.write(tmp.resolve("libJOCL_2_0_6-" + system + ".so"), new byte[] {0x7f, 'E', 'L', 'F'});
    }
    Result result =
        devices(Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString()), "-Djava.io.tmpdir=" + tmp);
    assertListed(result, "Portable");
    try (Stream<Path> files = Files.list(tmp)) {
      assertEquals(2, files.count(), "what was unpacked is gone");
    }
  }

  @Test
  void firstStartsAtOnceDoNotCollide(@TempDir Path tmp) throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(
          ChildJvm.start(
              Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString()),
              List.of("-Djava.io.tmpdir=" + tmp),
              "devices"));
    }
    for (Process process : processes) {
      assertListed(ChildJvm.finish(process), "Portable");
    }
  }

  @Test
  void nowhereToUnpackIsOneLineWithTheRemedy(@TempDir Path tmp) throws Exception {
    Path file = Files.createFile(tmp.resolve("file"));
    Result result =
        devices(
            Map.of("XDG_CACHE_HOME", file.resolve("cache").toString()),
            "-Djava.io.tmpdir=" + file.resolve("tmp"));
    assertEquals(2, result.status());
    assertTrue(result.err().contains("-Djava.io.tmpdir=DIR"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
