package vaeocl.ops;

import java.util.List;

/** A list of operations made ready to run again and again. */
public interface Plan extends AutoCloseable {
  /** Runs the list once for each batch, in order. May return before the work is done. */
  void run(Batches batches);

  List<Launch> launches();

  @Override
  void close();
}
