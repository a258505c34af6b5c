package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vaeocl.Pocl;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Tiling;

/** Tilings as a run's configuration keeps them. */
class TilingTest {
  private final DeviceInfo device = Pocl.device().info();

  @Test
  void everyTilingIsReadBack() {
    for (int vector : CpuTiling.VECTORS) {
      Tiling tiling = CpuTiling.of(device, vector);
      assertEquals(tiling, Tilings.CPU.ofSizes(tiling.sizes()));
    }
    for (Tilings kind : Tilings.values()) {
      Tiling tiling = kind.of(device);
      assertEquals(tiling, Tilings.of(tiling.label()).ofSizes(tiling.sizes()));
    }
  }

  @Test
  void tilesOfAnotherVersionAreRefused() {
    Map<String, Integer> sizes = new HashMap<>(CpuTiling.of(device, 8).sizes());
    sizes.put("rows", 6);
    assertThrows(IllegalArgumentException.class, () -> Tilings.CPU.ofSizes(sizes));
    sizes.put("rows", 8);
    assertEquals(8, ((CpuTiling) Tilings.CPU.ofSizes(sizes)).rows());
    sizes.put("panel", 32);
    assertThrows(IllegalArgumentException.class, () -> Tilings.CPU.ofSizes(sizes));
  }

  @Test
  void absurdSizesAreRefused() {
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device).sizes());
    sizes.put("slab", 1 << 20);
    assertThrows(IllegalArgumentException.class, () -> Tilings.GPU.ofSizes(sizes));
    sizes.remove("slab");
    assertThrows(IllegalArgumentException.class, () -> Tilings.GPU.ofSizes(sizes));
  }
}
