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
 * @param when a further condition
 * @param internal what the kernel leaves out of memory: nobody else may read it
 * @param repeated whether it carries out all that there are of such operations at once
 */
public record Fusion(
    String kernel,
    List<Class<? extends Op>> ops,
    Predicate<List<Op>> when,
    Function<List<Op>, List<Tensor>> internal,
    boolean repeated) {
  public Fusion {
    ops = List.copyOf(ops);
  }

  /** One that stands for its operations once. */
  public Fusion(
      String kernel,
      List<Class<? extends Op>> ops,
      Predicate<List<Op>> when,
      Function<List<Op>, List<Tensor>> internal) {
    this(kernel, ops, when, internal, false);
  }
}
