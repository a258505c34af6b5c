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
import vaeocl.Pocl;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** Items that hold more rows, in more slices: a search may find it, no device has it by default. */
class GpuSharesTest {
  /** Every product at a ragged shape of more than a tile, and a step. */
  private static boolean some(OpCase c) {
    return c.small() && (c.label().contains("33x17x35") || c.label().startsWith("Step 3x49"));
  }

  private static List<Checker.Result> wrong(ClDevice device) {
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device.info()).sizes());
    sizes.put("least_rows", 8);
    Tiling tiling = Tilings.GPU.ofSizes(sizes);
    try (Checker checker = new Checker(device, KernelSource.packed(), tiling)) {
      return Cases.all().stream()
          .filter(GpuSharesTest::some)
          .map(checker::run)
          .filter(r -> !r.passed())
          .toList();
    }
  }

  @Test
  void pocl() {
    assertEquals(List.of(), wrong(Pocl.device()));
  }

  @Test
  void oclgrind(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("oclgrind.log");
    Implementation on = Implementation.oclgrind(log, Map.of("OCLGRIND_UNINITIALIZED", "0"));
    ChildJvm.needs(on.driver());
    Map<String, String> env = new HashMap<>(on.env());
    env.put(ChildJvm.VENDORS, on.driver().toString());
    ChildJvm.Result result = ChildJvm.runMain(env, GpuSharesTest.class);
    assertEquals(0, result.status(), result.toString());
    assertTrue(result.out().contains("wrong: []\n"), result.out());
    assertEquals("", Files.readString(log));
  }

  /** The process, on the only device there is. */
  public static void main(String[] args) {
    System.out.print("wrong: " + wrong(Devices.select(null)) + "\n");
  }
}
