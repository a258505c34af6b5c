package vaeocl.check;

/** A device computes wrongly. The message is one line that says which kernel, and what to do. */
public final class WrongDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongDeviceException(String message) {
    super(message);
  }
}
