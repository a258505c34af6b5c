package vaeocl.opencl.plan;

/**
 * Turns the groups of one plan into launches. All groups are declared before the first is bound:
 * whoever writes a tensor writes it in every form in which somebody reads it.
 */
public interface Lowering {
  /** Makes sure that what a group reads is kept in the form in which it reads it. */
  void declare(Group group);

  /** Adds the launches of a group, every argument bound. */
  void bind(Group group);
}
