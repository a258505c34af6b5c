package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.Pocl;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.gpu.GpuTiling;
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

  /** Runs of versions that had fewer sizes go on as they were. */
  @Test
  void sizesThatEarlierVersionsDidNotHaveAreWhatTheyWereThen() {
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device).sizes());
    List<String> later =
        List.of("least_rows", "sub_group", "registers", "large_group", "large_slab", "large_from");
    for (String size : later) {
      assertTrue(sizes.remove(size) != null, size);
    }
    Map<String, Integer> read = Tilings.GPU.ofSizes(sizes).sizes();
    assertEquals(0, read.get("large_from"), "no large tiles");
    sizes.forEach((size, value) -> assertEquals(value, read.get(size), size));
    assertEquals(read, Tilings.GPU.ofSizes(read).sizes());
  }

  @Test
  void everyTilingToBeTriedIsAnotherOneAndReadBack() {
    for (Tilings kind : List.of(Tilings.CPU, Tilings.GPU)) {
      Tiling tiling = kind.of(device);
      for (long largest : new long[] {1, 2048L * 1024}) {
        List<Tiling> others = kind.others(device, tiling, largest);
        assertEquals(others.size(), Set.copyOf(others).size());
        assertFalse(others.isEmpty() || others.contains(tiling), others.toString());
        others.forEach(other -> assertEquals(other, kind.ofSizes(other.sizes())));
      }
    }
    int small = Tilings.GPU.others(device, Tilings.GPU.of(device), 400 * 784).size();
    int large = Tilings.GPU.others(device, Tilings.GPU.of(device), 1024 * 784).size();
    assertEquals(small + 4, large, "64x64 tiles are tried for nets that have many");
    GpuTiling gpu = (GpuTiling) Tilings.GPU.of(device);
    List<Tiling> compiled = gpu.otherwiseCompiled(List.of(8, 16));
    assertEquals(4, compiled.size());
    compiled.forEach(other -> assertEquals(other, GpuTiling.ofSizes(other.sizes())));
    assertTrue(compiled.get(3).options().contains("-DSUB_GROUP=16 -cl-intel-256-GRF"));
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
