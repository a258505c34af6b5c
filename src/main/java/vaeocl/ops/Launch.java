package vaeocl.ops;

import java.util.List;

/**
 * One piece of work a backend starts.
 *
 * @param kernel its name
 * @param groups work-groups that share its work; 1 on the host
 * @param covers the operations it carries out, in order
 */
public record Launch(String kernel, long groups, List<Op> covers) {
  /**
   * Cost of the covered operations together; what one writes and a later one reads need not reach
   * memory.
   */
  public Cost cost() {
    long flops = 0;
    long bytes = 0;
    for (int i = 0; i < covers.size(); i++) {
      Op op = covers.get(i);
      flops += op.flops();
      List<Op> before = covers.subList(0, i);
      List<Op> after = covers.subList(i + 1, covers.size());
      for (Tensor t : op.reads()) {
        boolean made = before.stream().anyMatch(o -> o.writes().contains(t));
        bytes += made || t.role() == Role.DATASET ? 0 : 4 * t.size();
      }
      for (Tensor t : op.writes()) {
        boolean spent = after.stream().anyMatch(o -> o.reads().contains(t));
        boolean figures = t.role() == Role.SLOT || t.role() == Role.RESULT;
        bytes += spent || figures ? 0 : 4 * t.size();
      }
    }
    return new Cost(flops, bytes);
  }
}
