package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** Every kernel in every case, cut for CPUs of every vector width and for GPUs, on PoCL. */
class KernelTest {
  @TestFactory
  Stream<DynamicNode> kernelsEqualTheReference() {
    ClDevice device = Pocl.device();
    List<Tiling> tilings = new ArrayList<>();
    CpuTiling.VECTORS.forEach(v -> tilings.add(CpuTiling.of(device.info(), v)));
    tilings.add(Tilings.GPU.of(device.info()));
    tilings.add(Tilings.PLAIN.of(device.info()));
    return tilings.stream().map(tiling -> tests(device, tiling));
  }

  private static DynamicNode tests(ClDevice device, Tiling tiling) {
    Map<String, List<Checker.Result>> results = new TreeMap<>();
    try (Checker checker = new Checker(device, KernelSource.packed(), tiling)) {
      for (OpCase opCase : Cases.all()) {
        Checker.Result result = run(checker, opCase);
        String kernels = String.join(" + ", result.kernels());
        results.computeIfAbsent(kernels, k -> new ArrayList<>()).add(result);
      }
    }
    Stream<DynamicNode> kernels =
        results.entrySet().stream()
            .map(e -> dynamicTest(e.getKey(), () -> assertRight(e.getValue())));
    DynamicNode all =
        dynamicTest(
            "every kernel was launched",
            () -> {
              TreeSet<String> launched = new TreeSet<>();
              results.values().forEach(l -> l.forEach(r -> launched.addAll(r.kernels())));
              assertEquals(KernelFiles.kernels(tiling.label()), launched);
            });
    String name = tiling.toString();
    return dynamicContainer(name, Stream.concat(kernels, Stream.of(all)));
  }

  private static Checker.Result run(Checker checker, OpCase opCase) {
    try {
      return checker.run(opCase);
    } catch (RuntimeException e) {
      throw new AssertionError(opCase.label(), e);
    }
  }

  private static void assertRight(List<Checker.Result> results) {
    assertTrue(results.size() > 0);
    List<String> wrong =
        results.stream()
            .filter(r -> !(r.share() <= 1) || !r.passed())
            .map(r -> r.opCase().label() + ": " + r.worst() + ", " + r.share() + " of allowed")
            .toList();
    assertEquals(List.of(), wrong);
  }
}
