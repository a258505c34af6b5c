package vaeocl.opencl;

import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.DeviceKind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vaeocl.Pocl;

/** Tilings as a run's configuration keeps them. */
class TilingTest {
  private final DeviceInfo device = Pocl.device().info();

  @Test
  void everyTilingIsReadBack() {
    for (int vector : Tiling.VECTORS) {
      Tiling tiling = Tiling.cpu(device, vector);
      assertEquals(tiling, Tiling.ofSizes(DeviceKind.CPU, tiling.sizes()));
      assertTrue(tiling.supported());
    }
    Tiling gpu = Tiling.of(device, DeviceKind.GPU);
    assertEquals(gpu, Tiling.ofSizes(DeviceKind.GPU, gpu.sizes()));
    assertTrue(gpu.supported());
  }

  @Test
  void tilesOfAnotherVersionAreNotSupported() {
    Map<String, Integer> sizes = new HashMap<>(Tiling.cpu(device, 8).sizes());
    sizes.put("rows", 6);
    assertFalse(Tiling.ofSizes(DeviceKind.CPU, sizes).supported());
    sizes.put("rows", 8);
    assertTrue(Tiling.ofSizes(DeviceKind.CPU, sizes).supported());
    sizes.put("panel", 32);
    assertFalse(Tiling.ofSizes(DeviceKind.CPU, sizes).supported());
  }

  @Test
  void absurdSizesAreRefused() {
    Map<String, Integer> sizes = new HashMap<>(Tiling.cpu(device, 8).sizes());
    sizes.put("rows", 1 << 20);
    assertThrows(IllegalArgumentException.class, () -> Tiling.ofSizes(DeviceKind.CPU, sizes));
  }
}
