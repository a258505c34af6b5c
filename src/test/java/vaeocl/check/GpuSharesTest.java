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
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/**
 * Forms of products that no small net has by default: items that hold more rows, in more slices,
 * which a search may find, and 64x64 tiles. {@link KernelTest} has the latter on PoCL.
 */
class GpuSharesTest {
  private static final List<String> PRODUCTS = List.of("33x17x35", "31x129x33", "96x127x129");

  /** Every product at ragged shapes of more than a tile, and a step. */
  private static boolean some(OpCase c) {
    boolean product = c.label().endsWith(" NONE") || c.label().startsWith("Gradient");
    return c.label().startsWith("Step 3x49")
        || (product && PRODUCTS.stream().anyMatch(c.label()::contains));
  }

  private static List<Checker.Result> wrong(ClDevice device, Tiling tiling) {
    List<OpCase> cases = Cases.all().stream().filter(GpuSharesTest::some).toList();
    assertTrue(cases.size() > 2 * PRODUCTS.size(), cases.toString());
    try (Checker checker = new Checker(device, KernelSource.packed(), tiling)) {
      return cases.stream().map(checker::run).filter(r -> !r.passed()).toList();
    }
  }

  private static List<Tiling> forms(DeviceInfo device) {
    return List.of(GpuForms.with(device, "least_rows", 8), GpuForms.largeTiles(device));
  }

  @Test
  void pocl() {
    ClDevice device = Pocl.device();
    assertEquals(List.of(), wrong(device, forms(device.info()).get(0)));
  }

  @Test
  void oclgrind(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("oclgrind.log");
    on(Implementation.oclgrind(log, Map.of("OCLGRIND_UNINITIALIZED", "0")));
    assertEquals("", Files.readString(log));
  }

  @Test
  void rusticl() throws Exception {
    on(Implementation.rusticl());
  }

  private static void on(Implementation implementation) throws Exception {
    ChildJvm.needs(implementation.driver());
    Map<String, String> env = new HashMap<>(implementation.env());
    env.put(ChildJvm.VENDORS, implementation.driver().toString());
    ChildJvm.Result result = ChildJvm.runMain(env, GpuSharesTest.class);
    assertEquals(0, result.status(), result.toString());
    assertTrue(result.out().contains("wrong: []\nwrong: []\n"), result.out());
  }

  /** The process, on the only device there is. */
  public static void main(String[] args) {
    ClDevice device = Devices.select(null);
    for (Tiling form : forms(device.info())) {
      System.out.print("wrong: " + wrong(device, form) + "\n");
    }
  }
}
