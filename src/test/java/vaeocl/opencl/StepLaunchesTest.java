package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vaeocl.Pocl;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.gpu.GpuTiling;
import vaeocl.opencl.plain.PlainTiling;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Matcher;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.reference.HostBackend;

/**
 * What a training step becomes in each tiling, kept as text in src/test/resources/launches. A line
 * is a launch: its kernel, and the operations that it covers, if any.
 */
class StepLaunchesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "launches");

  private static final List<Tiling> TILINGS =
      List.of(
          new CpuTiling(8, 16, 16, true),
          GpuTiling.ofSizes(
              Map.of(
                  "product_group", 256, "rows", 16, "slab", 64, "group", 64, "image_group", 128)),
          new PlainTiling(64));

  /** Nets by what their files are called. */
  private static final Map<String, VaeConfig> NETS =
      Map.of(
          "400-2",
          VaeConfig.DEFAULT,
          "400-20",
          VaeConfig.DEFAULT.with(Map.of("latent", 20)),
          "512-256-8",
          VaeConfig.DEFAULT.with(Map.of("hidden", List.of(512, 256), "latent", 8)));

  private static final Pattern PLUS = Pattern.compile(" \\+ ");

  private record Golden(Tiling tiling, String net) {
    @Override
    public String toString() {
      return tiling.label() + "-" + net;
    }

    List<String> lines() throws IOException {
      return Files.readAllLines(FOLDER.resolve(this + ".txt"));
    }

    /** The step as a trainer has it, with what the tiling's locality adds. */
    List<Op> step() {
      VaeConfig config = NETS.get(net);
      int images = 60_000;
      int steps = images / config.batchSize();
      DataTensors data = DataTensors.of("training", images, 784);
      List<Op> ops = new Vae(784, config).step(data, config.batchSize(), steps).ops();
      try (HostBackend host = new HostBackend()) {
        return Locality.of(tiling.neighbours()).ofTraining(host, ops).observe(ops);
      }
    }

    List<Group> groups(List<Fusion> fusions) {
      return Matcher.groups(step(), Set.of(), fusions);
    }

    List<Launch> launches(boolean fuse) {
      return StepLaunchesTest.launches(tiling, step(), fuse);
    }
  }

  private static List<Launch> launches(Tiling tiling, List<Op> ops, boolean fuse) {
    try (DeviceBackend device =
            new DeviceBackend(Pocl.device(), KernelSource.packed(), tiling, Mode.NORMAL, fuse);
        Plan plan = device.compile(ops, Set.of())) {
      return plan.launches();
    }
  }

  static Stream<Golden> golden() {
    return TILINGS.stream()
        .flatMap(tiling -> NETS.keySet().stream().sorted().map(net -> new Golden(tiling, net)));
  }

  /**
   * Needs no device. A group is some launches one behind the other; those of a tiling's own, which
   * cover nothing, are no groups.
   */
  @ParameterizedTest
  @MethodSource("golden")
  void operationsAreGrouped(Golden golden) throws IOException {
    List<Set<String>> lines =
        new LinkedHashSet<>(golden.lines())
            .stream().map(StepLaunchesTest::covers).filter(c -> !c.isEmpty()).toList();
    int line = 0;
    for (Group group : golden.groups(golden.tiling().fusions())) {
      Set<String> expected = new TreeSet<>(PLUS.splitAsStream(group.describe()).toList());
      Set<String> covered = new TreeSet<>();
      while (covered.size() < expected.size() && line < lines.size()) {
        covered.addAll(lines.get(line++));
      }
      assertEquals(expected, covered);
    }
    assertEquals(lines.size(), line);
  }

  /** The operations of a golden line. */
  private static Set<String> covers(String line) {
    int end = line.indexOf(' ');
    return end < 0
        ? Set.of()
        : new TreeSet<>(PLUS.splitAsStream(line.substring(end).strip()).toList());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void groupsAreLaunched(Golden golden) throws IOException {
    List<String> launches =
        golden.launches(true).stream()
            .map(
                l -> "%-21s %s".formatted(l.kernel(), new Group("", l.covers()).describe()).strip())
            .toList();
    assertEquals(String.join("\n", golden.lines()), String.join("\n", launches));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void withoutFusionsEachOperationHasItsOwnKernel(Golden golden) {
    List<Op> step = golden.step();
    assertEquals(step.stream().map(Group::single).toList(), golden.groups(List.of()));

    List<Launch> launches = golden.launches(false);
    List<Op> covered = launches.stream().flatMap(l -> l.covers().stream()).distinct().toList();
    assertEquals(step, covered);
    Set<String> fused = Set.copyOf(fusedKernels(golden));
    for (Launch launch : launches) {
      assertTrue(launch.covers().size() <= 1 && !fused.contains(launch.kernel()), launch.kernel());
    }
  }

  private static List<String> fusedKernels(Golden golden) {
    return golden.tiling().fusions().stream().map(Fusion::kernel).distinct().toList();
  }

  /** A row that its lowering does not know would not be bound. */
  @ParameterizedTest
  @MethodSource("tilings")
  void everyFusionIsLaunched(Tiling tiling) {
    Set<String> launched = new TreeSet<>();
    for (String net : NETS.keySet()) {
      List<Op> step = new Golden(tiling, net).step();
      // Without locality nothing is scattered, and another row is taken.
      List<Op> plain = step.stream().filter(op -> !(op instanceof Op.Scatter)).toList();
      for (List<Op> ops : List.of(step, plain)) {
        assertFalse(launches(tiling, ops, true).isEmpty());
        for (Group group : Matcher.groups(ops, Set.of(), tiling.fusions())) {
          launched.add(row(group.kernel(), group.ops().stream().map(Op::getClass).toList()));
        }
      }
    }
    for (Fusion fusion : tiling.fusions()) {
      List<Class<? extends Op>> kinds = new ArrayList<>(fusion.ops());
      kinds.addAll(fusion.more());
      String row = row(fusion.kernel(), kinds);
      assertTrue(launched.contains(row), row + " in " + launched);
    }
  }

  /** The fewest launches that the kernels for GPUs allow. */
  @ParameterizedTest
  @CsvSource({"400, 2, 4", "400, 8, 4", "400, 20, 6", "512-256, 2, 10", "512-256, 32, 10"})
  void aStepOnGpusHasFewLaunches(String hidden, int latent, int count) {
    List<Integer> widths = Stream.of(hidden.split("-", -1)).map(Integer::valueOf).toList();
    VaeConfig config = VaeConfig.DEFAULT.with(Map.of("hidden", widths, "latent", latent));
    DataTensors data = DataTensors.of("training", 1000, 784);
    List<Op> ops = new Vae(784, config).step(data, config.batchSize(), 1).ops();
    assertEquals(count, launches(TILINGS.get(1), ops, true).size());
  }

  static Stream<Tiling> tilings() {
    return TILINGS.stream();
  }

  private static String row(String kernel, List<? extends Class<?>> kinds) {
    // Of a row that is repeated, once.
    return kernel + " " + kinds.stream().map(Class::getSimpleName).distinct().toList();
  }
}
