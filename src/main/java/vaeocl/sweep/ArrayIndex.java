package vaeocl.sweep;

import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Which task of a plan a scheduler wants this process to do, by its environment. */
public final class ArrayIndex {
  /** What Grid Engine sets where there is no array. */
  private static final String UNDEFINED = "undefined";

  private ArrayIndex() {}

  /** A scheduler's variable, and what is added to its value to count from 1. */
  private enum Variable {
    SLURM_ARRAY_TASK_ID(0),
    SGE_TASK_ID(0),
    JOB_COMPLETION_INDEX(1);

    private final int add;

    Variable(int add) {
      this.add = add;
    }
  }

  /**
   * The task's number, from 1; empty where no scheduler names one.
   *
   * @throws IllegalArgumentException if a variable holds no number
   */
  public static OptionalLong of(UnaryOperator<String> environment) {
    for (Variable variable : Variable.values()) {
      String text = environment.apply(variable.name());
      if (text == null || text.isEmpty() || text.equals(UNDEFINED)) {
        continue;
      }
      try {
        return OptionalLong.of(Math.addExact(Long.parseLong(text), variable.add));
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IllegalArgumentException(
            variable + " is '" + text + "', which is no number of a task", e);
      }
    }
    return OptionalLong.empty();
  }
}
