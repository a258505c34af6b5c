package vaeocl.locality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** The hidden layers of a step, and a plan that shows what they make of a batch. */
final class HiddenUnits implements AutoCloseable {
  private static final Batches FIRST = new Batches(0, 0, 0, 1);

  private final Backend backend;
  private final List<Layer> layers;
  private final Plan probe;
  private final int neighbours;

  /**
   * A hidden layer: its units can be exchanged without changing what the net computes.
   *
   * @param values [batch, units]
   * @param above the one layer that reads them
   */
  record Layer(Tensor values, Linear below, Linear above) {}

  private HiddenUnits(Backend backend, List<Layer> layers, Plan probe, int neighbours) {
    this.backend = backend;
    this.layers = layers;
    this.probe = probe;
    this.neighbours = neighbours;
  }

  /** Those of a step, whose own tensors serve for the plan; empty where there are none. */
  static Optional<HiddenUnits> of(Backend backend, List<Op> step, int neighbours) {
    List<Layer> layers = layers(step);
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    Set<Tensor> values = layers.stream().map(Layer::values).collect(Collectors.toSet());
    Plan probe = backend.compile(probe(step, values), values);
    return Optional.of(new HiddenUnits(backend, layers, probe, neighbours));
  }

  /** All layers whose activation gives zeros and whose output one other layer reads. */
  static List<Layer> layers(List<Op> step) {
    List<Layer> layers = new ArrayList<>();
    for (Op op : step) {
      if (op instanceof Op.Dense below && below.f().givesZeros()) {
        reader(step, below.y())
            .ifPresent(above -> layers.add(new Layer(below.y(), below.layer(), above)));
      }
    }
    return layers;
  }

  private static Optional<Linear> reader(List<Op> step, Tensor x) {
    List<Linear> readers =
        step.stream()
            .filter(op -> op instanceof Op.Dense d && d.x().equals(x))
            .map(op -> ((Op.Dense) op).layer())
            .toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }

  /** The way to the last of some tensors, with z = mu and a slot of its own for the divergence. */
  static List<Op> probe(List<Op> step, Set<Tensor> values) {
    List<Op> ops = new ArrayList<>();
    int end = 0;
    for (Op op : step) {
      ops.add(op instanceof Op.Latent l ? mean(l) : op);
      if (op.writes().stream().anyMatch(values::contains)) {
        end = ops.size();
      }
    }
    return List.copyOf(ops.subList(0, end));
  }

  private static Op mean(Op.Latent l) {
    Tensor kl = new Tensor("kl of a probe", Role.SLOT, Type.F32, 1, 1);
    return new Op.Latent(l.z(), l.eps(), kl, l.heads(), l.order(), Sampling.MEAN, l.seed());
  }

  /** Sorts the units of every layer by what they make of the first batch in the present order. */
  void sort() {
    probe.run(FIRST);
    for (Layer layer : layers) {
      float[] values = backend.read(layer.values());
      int[] order = UnitOrder.of(values, layer.values().cols(), neighbours);
      UnitOrder.apply(backend, layer.below(), layer.above(), order);
    }
  }

  void warmUp() {
    probe.warmUp(FIRST);
    backend.finish();
  }

  @Override
  public void close() {
    probe.close();
  }
}
