package vaeocl.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * A few operations with shapes, to be run on a device and on the reference.
 *
 * @param label operation and shapes, for people
 * @param ops what runs, as one plan
 * @param internal written by the operations for each other alone: may never reach memory
 * @param small whether a simulator can run it in seconds
 * @param ink of its images
 */
public record OpCase(String label, List<Op> ops, Set<Tensor> internal, boolean small, Ink ink) {
  public OpCase {
    ops = List.copyOf(ops);
    internal = Set.copyOf(internal);
  }

  /** Rows of the batch. */
  int batch() {
    return ops.stream()
        .flatMap(op -> Stream.concat(op.reads().stream(), op.writes().stream()))
        .filter(t -> t.role().ofBatch())
        .mapToInt(Tensor::rows)
        .min()
        .orElseThrow();
  }

  /** What must be given: read before anything writes it. */
  Set<Tensor> inputs() {
    Set<Tensor> written = new LinkedHashSet<>();
    Set<Tensor> inputs = new LinkedHashSet<>();
    for (Op op : ops) {
      op.reads().stream().filter(t -> !written.contains(t)).forEach(inputs::add);
      written.addAll(op.writes());
    }
    return inputs;
  }

  /** What is compared. */
  Set<Tensor> outputs() {
    Set<Tensor> outputs = new LinkedHashSet<>();
    ops.forEach(op -> outputs.addAll(op.writes()));
    outputs.removeAll(internal);
    return outputs;
  }
}
