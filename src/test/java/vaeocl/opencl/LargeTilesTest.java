package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.Pocl;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;

/** Products that fill a device with 64x64 tiles take them, others do not. */
class LargeTilesTest {
  /** Work-groups of a step; "from" are the tiles that fill the device. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | 128 | 128 | [104, 200, 104, 676]",
        "2048 | 1024 | 128 | [512, 208, 512, 4096, 896]",
        // As on a device of 132 compute units.
        "2048 | 1024 | 264 | [512, 1600, 512, 4096, 896]",
        "2048 | 1024 | 0 | [4096, 1600, 4096, 4096, 3328]",
      })
  void ofSteps(int hidden, int batch, int from, String groups) {
    ClDevice device = Pocl.device();
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device.info()).sizes());
    sizes.put("large_from", from);
    Tiling tiling = Tilings.GPU.ofSizes(sizes);
    VaeConfig net = VaeConfig.DEFAULT.with(Map.of("hidden", List.of(hidden), "batch_size", batch));
    DataTensors data = DataTensors.of("training", 2000, 784);
    List<Op> ops = new Vae(784, net).step(data, batch, 1).ops();
    try (DeviceBackend backend =
            new DeviceBackend(device, KernelSource.packed(), tiling, Mode.NORMAL);
        Plan plan = backend.compile(ops, Set.of())) {
      assertEquals(groups, plan.launches().stream().map(Launch::groups).toList().toString());
    }
  }
}
