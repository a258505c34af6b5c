package vaeocl.ops;

import java.util.List;
import java.util.Set;

/**
 * Where operations run. Tensors come to be, as zeros, when first named. Values go in and out row by
 * row, whatever the layout inside.
 */
public interface Backend extends AutoCloseable {
  /**
   * Makes a list of operations ready. All batches of a plan have the same size, that of its
   * tensors. What its operations read is to be written afterwards: a backend may try a plan out.
   *
   * @param keep tensors that are read later from outside; others may never reach memory
   */
  Plan compile(List<Op> ops, Set<Tensor> keep);

  void write(Tensor tensor, float[] values);

  void write(Tensor tensor, int[] values);

  void write(Tensor tensor, byte[] values);

  /** All values, [rows, cols]. */
  float[] read(Tensor tensor);

  /** The sums of slots first … first + count − 1. */
  double[] sums(Tensor slots, int first, int count);

  /** Waits until all work is done, and throws what went wrong in it. */
  void finish();

  @Override
  void close();
}
