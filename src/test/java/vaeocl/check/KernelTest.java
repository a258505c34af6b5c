package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    tilings.add(GpuForms.largeTiles(device.info()));
    tilings.add(Tilings.PLAIN.of(device.info()));
    Map<Tiling, Map<String, List<Checker.Result>>> results = results(device, tilings);
    return tilings.stream().map(tiling -> tests(tiling, results.get(tiling)));
  }

  /** What came of every case, by tiling and kernels: the reference runs once for all of them. */
  private static Map<Tiling, Map<String, List<Checker.Result>>> results(
      ClDevice device, List<Tiling> tilings) {
    Map<Tiling, Checker> checkers = new LinkedHashMap<>();
    Map<Tiling, Map<String, List<Checker.Result>>> results = new HashMap<>();
    try {
      for (Tiling tiling : tilings) {
        checkers.put(tiling, new Checker(device, KernelSource.packed(), tiling));
        results.put(tiling, new TreeMap<>());
      }
      for (OpCase opCase : Cases.all()) {
        try (Expectation expected = new Expectation(opCase)) {
          checkers.forEach(
              (tiling, checker) -> {
                Checker.Result result = run(checker, expected, opCase);
                String kernels = String.join(" + ", result.kernels());
                results.get(tiling).computeIfAbsent(kernels, k -> new ArrayList<>()).add(result);
              });
        }
      }
    } finally {
      checkers.values().forEach(Checker::close);
    }
    return results;
  }

  private static DynamicNode tests(Tiling tiling, Map<String, List<Checker.Result>> results) {
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

  private static Checker.Result run(Checker checker, Expectation expected, OpCase opCase) {
    try {
      return checker.run(expected);
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
