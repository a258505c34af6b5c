package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.ChildJvm;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;

/** Steps find room on devices that have little local memory, which Oclgrind imitates. */
class LocalMemoryTest {
  @ParameterizedTest
  @CsvSource({"16384", "32768", "49152", "65536"})
  void everyStepFindsRoom(String bytes) throws Exception {
    ChildJvm.needs(ChildJvm.OCLGRIND);
    Map<String, String> env =
        Map.of(ChildJvm.VENDORS, ChildJvm.OCLGRIND.toString(), "OCLGRIND_LOCAL_MEM_SIZE", bytes);
    ChildJvm.Result result = ChildJvm.runMain(env, LocalMemoryTest.class);
    assertEquals(0, result.status(), result.toString());
    assertEquals(bytes + ": 4 5 6 10 10 launches\n", result.out());
  }

  /** The process, on the only device there is. */
  public static void main(String[] args) {
    List<String> counts = new ArrayList<>();
    ClDevice device = Devices.select(null);
    for (VaeConfig net :
        List.of(
            VaeConfig.DEFAULT,
            VaeConfig.DEFAULT.with(Map.of("hidden", List.of(2048), "batch_size", 1024)),
            VaeConfig.DEFAULT.with(Map.of("latent", 32)),
            VaeConfig.DEFAULT.with(Map.of("hidden", List.of(512, 256), "latent", 32)),
            VaeConfig.DEFAULT.with(
                Map.of("hidden", List.of(2048, 1024), "latent", 32, "batch_size", 1024)))) {
      DataTensors data = DataTensors.of("training", 2000, 784);
      List<Op> ops = new Vae(784, net).step(data, net.batchSize(), 1).ops();
      counts.add(Integer.toString(launches(device, ops).size()));
    }
    System.out.print(device.info().localBytes() + ": " + String.join(" ", counts) + " launches\n");
  }

  private static List<Launch> launches(ClDevice device, List<Op> ops) {
    try (DeviceBackend backend =
            new DeviceBackend(
                device, KernelSource.packed(), Tilings.GPU.of(device.info()), Mode.NORMAL);
        Plan plan = backend.compile(ops, Set.of())) {
      return plan.launches();
    }
  }
}
