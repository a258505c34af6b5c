package vaeocl.ops;

import java.util.List;

/** A list of operations made ready to run again and again. */
public interface Plan extends AutoCloseable {
  /** Runs the list once for each batch, in order. May return before the work is done. */
  void run(Batches batches);

  /**
   * Does all that a first run would have to wait for, such as compiling, by running these batches.
   * What the operations write is left as they write it.
   */
  default void warmUp(Batches batches) {
    run(batches);
  }

  List<Launch> launches();

  @Override
  void close();
}
