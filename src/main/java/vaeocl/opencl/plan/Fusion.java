package vaeocl.opencl.plan;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * A kernel that carries out several operations at once: one row of a tiling's list, which {@link
 * Matcher} goes through in order.
 *
 * @param kernel its name; where several launches do it, what each does
 * @param ops kinds of the operations, each reading something that one before it writes
 * @param more kinds of further operations, of which it carries out all that there are, or none
 * @param when a further condition
 * @param internal what the kernel leaves out of memory: nobody else may read it
 */
public record Fusion(
    String kernel,
    List<Class<? extends Op>> ops,
    List<Class<? extends Op>> more,
    Predicate<List<Op>> when,
    Function<List<Op>, List<Tensor>> internal) {
  public Fusion {
    ops = List.copyOf(ops);
    more = List.copyOf(more);
  }

  /** One that stands for its operations alone. */
  public Fusion(
      String kernel,
      List<Class<? extends Op>> ops,
      Predicate<List<Op>> when,
      Function<List<Op>, List<Tensor>> internal) {
    this(kernel, ops, List.of(), when, internal);
  }
}
