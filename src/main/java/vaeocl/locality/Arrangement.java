package vaeocl.locality;

import java.util.List;
import java.util.Map;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The order of one data set's samples, and that of hidden units, as a {@link Locality} has it. */
public interface Arrangement extends AutoCloseable {
  /** Arranges nothing and observes nothing. */
  Arrangement NONE = new Arrangement() {};

  /** The operations of a batch of any size with those among them that this wants to learn from. */
  default List<Op> observe(List<Op> ops) {
    return ops;
  }

  /**
   * To be called before a pass through all samples: arranges the order in which they are visited.
   * The set of samples in each batch stays.
   *
   * @param order row numbers, changed in place
   * @param passes how many were made before
   */
  default void arrange(int[] order, int passes) {}

  /**
   * To be called after a pass: may exchange units of hidden layers, with their weights and moments.
   *
   * @param passes how many were made until now
   */
  default void passed(int passes) {}

  /**
   * The tensors that say what was learnt, by the names they have in files. Who saves them and sets
   * them again goes on to the bit; at the beginning they are zeros.
   */
  default Map<String, Tensor> state() {
    return Map.of();
  }

  /** Does what a first use would have to wait for; spoils what batches write. */
  default void warmUp() {}

  @Override
  default void close() {}
}
