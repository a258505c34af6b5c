package vaeocl.opencl.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.Configs;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.data.Digits;
import vaeocl.data.Images;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;

/**
 * Weights that lie at rest while they have no gradient, and what is made up for later, are to the
 * bit those that every step treats. Of the pixels, a tile is lit in one early batch, and another in
 * an early and in a late one.
 */
class WeightsAtRestTest {
  private static final int BATCH = 4;
  private static final int STEPS = 500;
  private static final int EARLY = 3;
  private static final int LATE = 400;
  private static final int TILE = 8;

  private static final Images IMAGES = images();
  private static final Vae NET =
      new Vae(IMAGES.size(), Configs.of(List.of(96, 64), 4, BATCH, 1e-3, 1, 5));

  private static Map<String, float[]> expected;

  @TempDir private Path kernels;

  private static Images images() {
    Images drawn = Digits.draw(BATCH * STEPS, 10, 3).train();
    byte[] pixels = drawn.pixels().clone();
    for (int image = 0; image < drawn.count(); image++) {
      int at = image * drawn.size();
      int batch = image / BATCH;
      Arrays.fill(pixels, at, at + 2 * TILE, (byte) 0);
      Arrays.fill(pixels, at, at + TILE, (byte) (batch == EARLY ? 99 : 0));
      byte twice = (byte) (batch == EARLY || batch == LATE ? 99 : 0);
      Arrays.fill(pixels, at + TILE, at + 2 * TILE, twice);
    }
    return new Images(drawn.count(), drawn.rows(), drawn.cols(), pixels);
  }

  @BeforeAll
  static void trainWithEveryStep() {
    CpuTiling tiling = CpuTiling.of(Pocl.device().info());
    expected = trained(KernelSource.packed(), tiling.keepingZeros(), Mode.NORMAL);
  }

  /** Weights and moments after two runs, the second of which goes on from what the first left. */
  private static Map<String, float[]> trained(KernelSource source, CpuTiling tiling, Mode mode) {
    ClDevice pocl = Pocl.device();
    DataTensors data = DataTensors.of("images", IMAGES.count(), IMAGES.size());
    try (DeviceBackend device = new DeviceBackend(pocl, source, tiling, mode);
        Plan plan = device.compile(NET.step(data, BATCH, STEPS).ops(), Set.of())) {
      device.write(data.images(), IMAGES.pixels());
      device.write(data.order(), IntStream.range(0, IMAGES.count()).toArray());
      Weights.initialise(device, NET);
      plan.run(new Batches(0, 0, 0, STEPS));
      plan.run(new Batches(STEPS, 0, 0, 2));
      Map<String, float[]> state = new TreeMap<>();
      Weights.readState(device, NET).forEach((name, t) -> state.put(name, t.values()));
      return state;
    }
  }

  private static boolean same(Map<String, float[]> one, Map<String, float[]> other) {
    return one.keySet().stream().allMatch(t -> Arrays.equals(one.get(t), other.get(t)));
  }

  private static void assertSame(Map<String, float[]> expected, CpuTiling tiling, Mode mode) {
    Map<String, float[]> found = trained(KernelSource.packed(), tiling, mode);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "GUARDED"})
  void theirBitsAreThoseOfEveryStepJoinedAndOneByOne(Mode mode) {
    assertSame(expected, CpuTiling.of(Pocl.device().info()), mode);
  }

  @Test
  void alsoInTheSmallestTiles() {
    CpuTiling small = CpuTiling.of(Pocl.device().info(), 4);
    Map<String, float[]> every = trained(KernelSource.packed(), small.keepingZeros(), Mode.GUARDED);
    assertSame(every, small, Mode.GUARDED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
        at rest while weights move      | !any(changed) | true
        never made up for               | k < steps; k++ | k < 0; k++
        a step made up for is forgotten | behind = rest - 1 | behind = rest - 2
        at rest beyond the run's end    | rest && !last | rest
        a gradient is left out          | if (zero && rest | if (rest
        """)
  void aMistakeIsNoticed(String name, String text, String other) throws Exception {
    KernelFiles.plant(kernels, "cpu/adam.cl", text, other);
    CpuTiling tiling = CpuTiling.of(Pocl.device().info());
    assertFalse(same(expected, trained(KernelSource.folder(kernels), tiling, Mode.NORMAL)), name);
  }
}
