package vaeocl.locality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;
import vaeocl.reference.HostBackend;

/** The hidden layers of a net of any depth are found, and their units change places together. */
class HiddenUnitsTest {
  private static final int BATCH = 6;
  private static final int IMAGES = 20;

  private final Tensor images = new Tensor("images", Role.DATASET, Type.U8, IMAGES, 5);
  private final Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, IMAGES);
  private final Tensor kl = new Tensor("kl", Role.SLOT, Type.F32, 3, 1);
  private final Tensor x = new Tensor("x", Role.INPUT, Type.F32, BATCH, 5);
  private final Tensor h1 = Tensor.activation("h1", BATCH, 12);
  private final Tensor smooth = Tensor.activation("smooth", BATCH, 7);
  private final Tensor h2 = Tensor.activation("h2", BATCH, 9);
  private final Tensor heads = Tensor.activation("heads", BATCH, 4);
  private final Tensor z = Tensor.activation("z", BATCH, 2);
  private final Tensor eps = Tensor.activation("eps", BATCH, 2);
  private final Tensor h3 = Tensor.activation("h3", BATCH, 11);
  private final Tensor logit = Tensor.activation("logit", BATCH, 5);
  private final Linear a = Linear.of("a", 5, 12);
  private final Linear b = Linear.of("b", 12, 7);
  private final Linear c = Linear.of("c", 7, 9);
  private final Linear d = Linear.of("d", 9, 4);
  private final Linear e = Linear.of("e", 2, 11);
  private final Linear f = Linear.of("f", 11, 5);

  private final List<Op> forward =
      List.of(
          new Op.Gather(x, images, order),
          new Op.Dense(h1, x, a, Activation.RELU),
          new Op.Dense(smooth, h1, b, Activation.SIGMOID),
          new Op.Dense(h2, smooth, c, Activation.RELU),
          new Op.Dense(heads, h2, d, Activation.NONE),
          new Op.Latent(z, eps, kl, heads, order, Sampling.TRAIN, 3),
          new Op.Dense(h3, z, e, Activation.RELU),
          new Op.Dense(logit, h3, f, Activation.NONE));

  private List<Op> step() {
    List<Op> step = new ArrayList<>(forward);
    step.add(new Op.Gradient(f, logit, h3));
    step.add(new Op.AdamStep(f, Adam.of(1)));
    return step;
  }

  @Test
  void layersWhoseOutputHasZerosAreFound() {
    assertEquals(
        List.of(
            new HiddenUnits.Layer(h1, a, b),
            new HiddenUnits.Layer(h2, c, d),
            new HiddenUnits.Layer(h3, e, f)),
        HiddenUnits.layers(step()));
  }

  @Test
  void aLayerThatTwoOthersReadIsLeftAlone() {
    List<Op> step = new ArrayList<>(step());
    Linear twin = Linear.of("twin", 9, 4);
    step.add(5, new Op.Dense(Tensor.activation("t", BATCH, 4), h2, twin, Activation.NONE));
    assertFalse(HiddenUnits.layers(step).stream().anyMatch(l -> l.values().equals(h2)));
  }

  @Test
  void theProbeIsTheWayToTheLastOfThemWithoutNoise() {
    List<Op> probe = HiddenUnits.probe(step(), Set.of(h1, h3));
    assertEquals(forward.size() - 1, probe.size(), "the last layer and training are left out");
    Op.Latent latent = assertInstanceOf(Op.Latent.class, probe.get(5));
    assertEquals(Sampling.MEAN, latent.sampling());
    assertFalse(latent.kl().equals(kl), "losses of the step stay");
    assertEquals(forward.subList(0, 5), probe.subList(0, 5));
    assertEquals(2, HiddenUnits.probe(step(), Set.of(h1)).size());
  }

  @Test
  void sortedUnitsHaveZerosTogetherAndComputeTheSame() {
    try (HostBackend host = new HostBackend();
        Plan plan = host.compile(forward, Set.of(h1, h2, h3, logit));
        HiddenUnits units = HiddenUnits.of(host, step(), 4).orElseThrow()) {
      fill(host);
      plan.run(new Batches(0, 0, 0, 1));
      float[] before = host.read(logit);
      units.sort();
      plan.run(new Batches(0, 0, 0, 1));
      assertArrayEquals(before, host.read(logit), 1e-5f, "what comes out");
      // What is sorted already stays, since the layers below have not changed but in their order.
      for (Tensor h : List.of(h1, h2)) {
        int[] order = UnitOrder.of(host.read(h), h.cols(), 4);
        int[] places = order.clone();
        Arrays.setAll(places, i -> i);
        assertArrayEquals(places, order, h.name());
      }
    }
  }

  private void fill(Backend backend) {
    byte[] pixels = new byte[IMAGES * 5];
    int[] rows = new int[IMAGES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 % 256);
    }
    Arrays.setAll(rows, i -> (i * 7 + 3) % IMAGES);
    backend.write(images, pixels);
    backend.write(order, rows);
    int seed = 1;
    for (Linear layer : List.of(a, b, c, d, e, f)) {
      for (Param p : List.of(layer.weight(), layer.bias())) {
        float[] values = new float[(int) p.value().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) Math.sin(seed * 77 + i * 12.9898);
        }
        seed++;
        backend.write(p.value(), values);
      }
    }
  }
}
