package vaeocl.formats;

/** What is to be done where the program ends before its time, by a signal or by an exit. */
public final class ExitHook {
  private final Thread hook;

  private ExitHook(Thread hook) {
    this.hook = hook;
  }

  /** Has {@code action} done at an end that comes before {@link #release}. */
  public static ExitHook of(Runnable action) {
    Thread hook = new Thread(action, "exit hook");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      action.run(); // the end has begun
    }
    return new ExitHook(hook);
  }

  /** From now on nothing is to be done. */
  public void release() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The end has begun, and the hook runs.
    }
  }
}
