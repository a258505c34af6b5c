package vaeocl.cli;

/** A run that failed for reasons of its own. Becomes one line and exit status 1. */
public final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence, without a full stop. */
  public RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
