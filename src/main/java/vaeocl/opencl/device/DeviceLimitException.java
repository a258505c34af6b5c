package vaeocl.opencl.device;

/**
 * Something is larger than the device or the kernels allow. The message is one sentence that says
 * what to make smaller.
 */
public final class DeviceLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceLimitException(String message) {
    super(message);
  }
}
