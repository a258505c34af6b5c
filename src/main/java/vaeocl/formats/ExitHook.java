package vaeocl.formats;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** What is to be done where the program ends before its time, by a signal or by an exit. */
public final class ExitHook {
  /** Whoever takes it at the end of the program keeps it. */
  private final Semaphore turn = new Semaphore(1);

  private final Runnable action;
  private final Thread hook = new Thread(this::end, "exit hook");

  private ExitHook(Runnable action) {
    this.action = action;
  }

  /** Something that is done whole. */
  @FunctionalInterface
  public interface Step<T> {
    T run() throws IOException;
  }

  /** Has {@code action} done at an end that comes before {@link #release}. */
  public static ExitHook of(Runnable action) {
    ExitHook made = new ExitHook(action);
    try {
      Runtime.getRuntime().addShutdownHook(made.hook);
    } catch (IllegalStateException e) {
      made.end(); // it has begun
    }
    return made;
  }

  private void end() {
    turn.acquireUninterruptibly();
    action.run();
  }

  /**
   * Does a step that the action would undo: before the action or not at all. Where the end has
   * begun, the caller waits for it here.
   */
  public <T> T before(Step<T> step) throws IOException {
    turn.acquireUninterruptibly();
    try {
      return step.run();
    } finally {
      turn.release();
    }
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
