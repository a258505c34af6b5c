package vaeocl.tune;

/** A tiling that a search goes on without: wrong, refused, too slow to wait for, or worse. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The end of a sentence that begins with the tiling. */
  public RejectedException(String message) {
    super(message);
  }

  RejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
