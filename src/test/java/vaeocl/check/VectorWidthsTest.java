package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** The tilings for all vector widths where a device would choose but one: rusticl and Oclgrind. */
class VectorWidthsTest {
  private static void assertRight(Implementation on) throws Exception {
    ChildJvm.needs(on.driver());
    Map<String, String> env = new HashMap<>(on.env());
    env.put(ChildJvm.VENDORS, on.driver().toString());
    ChildJvm.Result result = ChildJvm.runMain(env, VectorWidthsTest.class);
    assertEquals(0, result.status(), result.toString());
    for (int vector : CpuTiling.VECTORS) {
      assertTrue(result.out().contains("right with vectors of " + vector + "\n"), result.out());
    }
  }

  @Test
  void rusticl() throws Exception {
    assertRight(Implementation.rusticl());
  }

  @Test
  void oclgrind(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("oclgrind.log");
    assertRight(Implementation.oclgrind(log, Map.of()));
    assertEquals("", Files.readString(log));
  }

  /** The process: every small case with every width, on the only device there is. */
  public static void main(String[] args) {
    ClDevice device = Devices.select(null);
    List<OpCase> cases = Cases.all().stream().filter(OpCase::small).toList();
    for (int vector : CpuTiling.VECTORS) {
      Tiling tiling = CpuTiling.of(device.info(), vector);
      try (Checker checker = new Checker(device, KernelSource.packed(), tiling)) {
        List<Checker.Result> wrong =
            cases.stream().map(checker::run).filter(r -> !r.passed()).toList();
        String verdict = wrong.isEmpty() && !cases.isEmpty() ? "right" : "wrong: " + wrong;
        System.out.print(verdict + " with vectors of " + vector + "\n");
      }
    }
  }
}
