package vaeocl.locality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vaeocl.SmallVae;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;
import vaeocl.reference.HostBackend;

/** None changes nothing; the one by tiles observes mu and goes by it from the second pass on. */
class LocalityTest {
  private final SmallVae net = new SmallVae();
  private final List<Op> step =
      net.step(Adam.of(1e-3)).stream().filter(op -> !(op instanceof Op.Scatter)).toList();

  private static int[] places() {
    return IntStream.range(0, SmallVae.IMAGES).toArray();
  }

  @Test
  void noneChangesNothing() {
    assertSame(Locality.NONE, Locality.of(1), "where neighbours make no difference");
    try (HostBackend host = new HostBackend()) {
      for (Arrangement none :
          List.of(Locality.NONE.ofTraining(host, step), Locality.NONE.ofEvaluation(host, step))) {
        try (none) {
          assertSame(step, none.observe(step));
          int[] order = places();
          none.warmUp();
          none.passed(1);
          none.arrange(order, 1);
          assertArrayEquals(places(), order);
          assertEquals(Map.of(), none.state());
        }
      }
    }
  }

  @Test
  void muIsKeptByImageRightBehindTheSampling() {
    try (HostBackend host = new HostBackend();
        Arrangement tiles = Locality.of(4).ofTraining(host, step)) {
      Tensor mu = tiles.state().get("mu");
      assertEquals(SmallVae.IMAGES, mu.rows());
      assertEquals(SmallVae.LATENT, mu.cols());
      List<Op> observed = tiles.observe(step);
      assertEquals(new Op.Scatter(mu, net.heads, net.order), observed.get(4));
      assertEquals(step, observed.stream().filter(op -> !observed.get(4).equals(op)).toList());
      try (Plan plan = host.compile(observed.subList(0, 5), Set.of(net.heads))) {
        net.fill(host);
        plan.run(new Batches(0, 0, 10, 1));
        float[] heads = host.read(net.heads);
        float[] all = host.read(mu);
        for (int s = 0; s < SmallVae.BATCH; s++) {
          int image = ((10 + s) * 7 + 3) % SmallVae.IMAGES; // SmallVae's order
          for (int d = 0; d < SmallVae.LATENT; d++) {
            float expected = heads[s * 2 * SmallVae.LATENT + d];
            assertEquals(expected, all[image * SmallVae.LATENT + d], "sample " + s);
          }
        }
      }
    }
  }

  @Test
  void theSecondSamplingOfAPassIsNotObserved() {
    try (HostBackend host = new HostBackend();
        Arrangement tiles = Locality.of(4).ofEvaluation(host, step)) {
      List<Op> twice = List.of(step.get(3), step.get(4), step.get(3));
      List<Op> observed = tiles.observe(twice);
      assertEquals(twice.size() + 1, observed.size());
      assertEquals("Scatter", observed.get(1).name());
    }
  }

  @Test
  void anEpochIsArrangedWithinItsBatchesOnceMuIsKnown() {
    try (HostBackend host = new HostBackend();
        Arrangement tiles = Locality.of(2).ofTraining(host, step)) {
      writeMu(host, tiles.state().get("mu"));
      int[] order = places();
      tiles.arrange(order, 0);
      assertArrayEquals(places(), order, "nothing is known before the first");
      for (int epoch : new int[] {1, 3}) {
        order = places();
        tiles.arrange(order, epoch);
        assertFalse(Arrays.equals(places(), order), "epoch " + epoch);
        for (int from = 0; from < order.length; from += SmallVae.BATCH) {
          int[] batch = Arrays.copyOfRange(order, from, from + SmallVae.BATCH);
          Arrays.sort(batch);
          assertArrayEquals(
              IntStream.range(from, from + SmallVae.BATCH).toArray(), batch, "batch " + from);
        }
      }
    }
  }

  @Test
  void anEvaluationIsArrangedAsAWholeAfterOneTwoFour() {
    try (HostBackend host = new HostBackend();
        Arrangement tiles = Locality.of(2).ofEvaluation(host, step)) {
      assertEquals(Map.of(), tiles.state(), "it is found again");
      Op.Scatter observed = (Op.Scatter) tiles.observe(step).get(4);
      writeMu(host, observed.all());
      for (int passes = 0; passes < 9; passes++) {
        int[] order = places();
        tiles.arrange(order, passes);
        boolean due = Set.of(1, 2, 4, 8).contains(passes);
        assertEquals(!due, Arrays.equals(places(), order), passes + " evaluations");
        if (due) {
          int[] first = Arrays.copyOf(order, SmallVae.BATCH);
          assertFalse(Arrays.stream(first).allMatch(i -> i < SmallVae.BATCH), "across batches");
        }
      }
    }
  }

  @Test
  void unitsAreSortedAfterOneTwoFour() {
    try (HostBackend host = new HostBackend();
        Arrangement tiles = Locality.of(4).ofTraining(host, step)) {
      for (int passes = 1; passes < 9; passes++) {
        net.fill(host); // the same weights and so the same thing to do
        float[] before = host.read(net.fc1.weight().value());
        tiles.passed(passes);
        boolean same = Arrays.equals(before, host.read(net.fc1.weight().value()));
        assertEquals(!Set.of(1, 2, 4, 8).contains(passes), same, passes + " passes");
      }
    }
  }

  @Test
  void aStepWithoutHiddenZerosOrWithoutSamplingHasLessToArrange() {
    List<Op> smooth = step.stream().map(LocalityTest::smooth).toList();
    List<Op> plain = step.stream().filter(op -> !(op instanceof Op.Latent)).toList();
    try (HostBackend host = new HostBackend();
        Arrangement samples = Locality.of(4).ofTraining(host, smooth);
        Arrangement nothing = Locality.of(4).ofTraining(host, plain)) {
      samples.warmUp();
      samples.passed(1);
      assertEquals(Set.of("mu"), samples.state().keySet());
      assertSame(plain, nothing.observe(plain));
    }
  }

  private static Op smooth(Op op) {
    return op instanceof Op.Dense d
        ? new Op.Dense(d.y(), d.x(), d.layer(), Activation.SIGMOID)
        : op;
  }

  private static void writeMu(HostBackend host, Tensor mu) {
    float[] values = new float[(int) mu.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 12.9898);
    }
    host.write(mu, values);
  }
}
