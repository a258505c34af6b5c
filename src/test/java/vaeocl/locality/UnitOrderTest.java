package vaeocl.locality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Activation;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;
import vaeocl.reference.HostBackend;

/** Units that answer to the same images come together, and the net stays what it was. */
class UnitOrderTest {
  @Test
  void putsTogetherWhatIsZeroTogether() {
    // Units 0, 2 and 4 answer to the first sample, 1 and 3 to the second, 5 to none.
    float[] values = {
      1, 0, 2, 0, 3, 0,
      0, 4, 0, 5, 0, 0
    };
    int[] order = UnitOrder.of(values, 6, 2);
    assertArrayEquals(new int[] {5, 0, 1, 3, 2, 4}, order);
  }

  @Test
  void isAPermutationForMoreSamplesThanAWordHasBits() {
    int units = 37;
    int samples = 150;
    float[] values = new float[units * samples];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, (float) Math.sin(i * 0.7 + i % units));
    }
    int[] order = UnitOrder.of(values, units, 6);
    int[] sorted = Arrays.stream(order).sorted().toArray();
    assertArrayEquals(IntStream.range(0, units).toArray(), sorted);
  }

  @Test
  void theNetComputesTheSame() {
    Linear below = Linear.of("below", 5, 7);
    Linear above = Linear.of("above", 7, 3);
    Tensor x = Tensor.activation("x", 4, 5);
    Tensor h = Tensor.activation("h", 4, 7);
    Tensor y = Tensor.activation("y", 4, 3);
    List<Op> ops =
        List.of(
            new Op.Dense(h, x, below, Activation.RELU), new Op.Dense(y, h, above, Activation.NONE));
    int[] order = {6, 2, 0, 1, 5, 4, 3};
    try (HostBackend host = new HostBackend();
        Plan plan = host.compile(ops, Set.of(h, y))) {
      int seed = 1;
      for (Param p : List.of(below.weight(), below.bias(), above.weight(), above.bias())) {
        for (Tensor t : List.of(p.value(), p.m(), p.v())) {
          host.write(t, values(t, seed++));
        }
      }
      host.write(x, values(x, seed));
      plan.run(new Batches(0, 0, 0, 1));
      float[] hidden = host.read(h);
      float[] before = host.read(y);
      float[] moments = host.read(below.weight().m());
      float[] squares = host.read(above.weight().v());
      UnitOrder.apply(host, below, above, order);
      plan.run(new Batches(0, 0, 0, 1));
      assertArrayEquals(before, host.read(y), 1e-6f, "what comes out");
      float[] moved = host.read(h);
      for (int i = 0; i < moved.length; i++) {
        assertEquals(hidden[i / 7 * 7 + order[i % 7]], moved[i], 1e-6f, "hidden " + i);
      }
      float[] m = host.read(below.weight().m());
      float[] v = host.read(above.weight().v());
      for (int place = 0; place < 7; place++) {
        for (int i = 0; i < 5; i++) {
          assertEquals(moments[order[place] * 5 + i], m[place * 5 + i], "moments go along");
        }
        for (int o = 0; o < 3; o++) {
          assertEquals(squares[o * 7 + order[place]], v[o * 7 + place], "on both sides");
        }
      }
      assertTrue(Arrays.stream(order).anyMatch(u -> hidden[u] > 0), "something is active");
    }
  }

  private static float[] values(Tensor t, int seed) {
    float[] values = new float[(int) t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed * 77 + i * 12.9898);
    }
    return values;
  }
}
