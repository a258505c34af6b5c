package vaeocl.api;

/**
 * Something was asked for that cannot be. The message is one line: what is wrong, what would do.
 */
public final class RequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  RequestException(String message) {
    super(message);
  }
}
