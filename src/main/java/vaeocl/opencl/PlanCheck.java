package vaeocl.opencl;

import java.util.List;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;

/** Is shown every plan of a backend before anybody uses it, and may run it. */
public interface PlanCheck {
  /** Nothing is checked. */
  PlanCheck NONE = (ops, plan) -> {};

  /**
   * Looks at a plan.
   *
   * @param ops what it carries out
   * @throws RuntimeException where it must not be used
   */
  void check(List<Op> ops, Plan plan);
}
