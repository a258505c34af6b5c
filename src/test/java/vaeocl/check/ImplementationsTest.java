package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.KernelFiles;
import vaeocl.opencl.Tilings;

/** The kernels on compilers and devices that forgive other things than PoCL does. */
class ImplementationsTest {
  private static void assertRight(
      Implementation implementation, Tilings kind, boolean small, String... options)
      throws Exception {
    long cases = Cases.all().stream().filter(c -> c.small() || !small).count();
    assertTrue(cases > 0);
    implementation.assertRight(KernelFiles.kernels(kind.label()), cases, options);
  }

  @Test
  void rusticlWithTheKernelsForGpus() throws Exception {
    assertRight(Implementation.rusticl(), Tilings.GPU, false, "--tiling", "gpu");
  }

  @Test
  void rusticlWithTheKernelsForCpus() throws Exception {
    Implementation rusticl = Implementation.rusticl();
    assertRight(rusticl, Tilings.CPU, true, "--tiling", "cpu", "--small");
  }

  @Test
  void rusticlWithThePlainKernels() throws Exception {
    assertRight(Implementation.rusticl(), Tilings.PLAIN, true, "--tiling", "plain", "--small");
  }

  @ParameterizedTest
  @EnumSource
  void oclgrindHasNothingToReport(Tilings kind, @TempDir Path folder) throws Exception {
    // A work-group's tile takes thrice as long with the search for uninitialised values, which
    // SimulatorTest has at the smallest shapes.
    Map<String, String> env =
        kind == Tilings.GPU ? Map.of("OCLGRIND_UNINITIALIZED", "0") : Map.of();
    Implementation oclgrind = Implementation.oclgrind(folder.resolve("log"), env);
    String tiling = kind.label();
    assertRight(oclgrind, kind, true, "--tiling", tiling, "--small");
  }

  @Test
  void workGroupsOf32And16KibibytesOfLocalMemory(@TempDir Path folder) throws Exception {
    // The slow detectors have had their turn; accesses out of bounds are always seen.
    Map<String, String> env =
        Map.of(
            "OCLGRIND_MAX_WGSIZE",
            "32",
            "OCLGRIND_LOCAL_MEM_SIZE",
            "16384",
            "OCLGRIND_DATA_RACES",
            "0",
            "OCLGRIND_UNINITIALIZED",
            "0");
    Implementation oclgrind = Implementation.oclgrind(folder.resolve("log"), env);
    assertRight(oclgrind, Tilings.GPU, true, "--tiling", "gpu", "--small");
  }

  @Test
  void workGroupsOf16() throws Exception {
    Implementation pocl = Implementation.pocl(Map.of("POCL_MAX_WORK_GROUP_SIZE", "16"));
    assertRight(pocl, Tilings.GPU, true, "--tiling", "gpu", "--small");
  }
}
