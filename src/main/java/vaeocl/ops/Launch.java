package vaeocl.ops;

import java.util.List;

/**
 * One piece of work a backend starts.
 *
 * @param kernel its name
 * @param covers the operations it carries out, in order
 */
public record Launch(String kernel, List<Op> covers) {
  /** Cost of the covered operations together, intermediate tensors counted. */
  public Cost cost() {
    return covers.stream().map(Op::cost).reduce(new Cost(0, 0), Cost::plus);
  }
}
