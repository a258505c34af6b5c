package vaeocl.cli;

/**
 * The user asked for something that cannot be: a bad value, options that exclude each other, a run
 * folder that is not one. Becomes one line and exit status 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence: what is wrong and what would be right, without a full stop. */
  public UserError(String message) {
    super(message);
  }

  /** Keeps the cause for {@code --verbose}. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
