package vaeocl.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import vaeocl.ops.Batches;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Plan;

/**
 * A data set in batches: as many full ones as there are, and a smaller one of what is left over.
 * Each size has operations and a plan of its own.
 *
 * @param <S> the operations for batches of one size, with the tensors they work on
 */
final class Batched<S> implements AutoCloseable {
  private final List<Part<S>> parts;

  private Batched(List<Part<S>> parts) {
    this.parts = parts;
  }

  /** Operations by the size and the number of their batches. */
  interface Maker<S> {
    S of(int size, int count);
  }

  /**
   * Batches of one size.
   *
   * @param first number of the first of them
   * @param count how many
   * @param start first row of the first of them
   * @param size rows of each
   */
  record Part<S>(S step, Plan plan, int first, int count, int start, int size) {
    /** Number of the first batch behind them. */
    int end() {
      return first + count;
    }

    /** The slot in which a batch leaves its sums. */
    int slot(int batch) {
      return batch - first;
    }

    /** Runs some of the batches; {@code step} is the number of the first since training began. */
    void run(long step, int batch, int some, LossWeights weights) {
      plan.run(new Batches(step, slot(batch), start + slot(batch) * size, some, weights));
    }

    /** Runs one batch whose results nobody wants. */
    void warmUp() {
      plan.warmUp(new Batches(0, 0, 0, 1));
    }
  }

  /**
   * @param size rows of a full batch, at most {@code rows}
   */
  static <S> Batched<S> of(int rows, int size, Maker<S> maker, Function<S, Plan> compiler) {
    List<Part<S>> parts = new ArrayList<>();
    int full = rows / size;
    S whole = maker.of(size, full);
    parts.add(new Part<>(whole, compiler.apply(whole), 0, full, 0, size));
    int left = rows % size;
    if (left > 0) {
      S rest = maker.of(left, 1);
      parts.add(new Part<>(rest, compiler.apply(rest), full, 1, full * size, left));
    }
    return new Batched<>(List.copyOf(parts));
  }

  /** The full batches, and the smaller one behind them if there is one. */
  List<Part<S>> parts() {
    return parts;
  }

  /** The full batches. */
  Part<S> full() {
    return parts.get(0);
  }

  /** Those that a batch is one of. */
  Part<S> at(int batch) {
    return batch < full().end() ? full() : parts.get(1);
  }

  /** Number of batches. */
  int count() {
    return parts.get(parts.size() - 1).end();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.plan().close());
  }
}
