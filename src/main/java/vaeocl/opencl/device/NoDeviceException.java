package vaeocl.opencl.device;

/**
 * No OpenCL device can be had: no driver, no device, none that fits, or a choice that names none or
 * several. The message is one sentence that says what to do; the user can act on it, so the command
 * line treats it as a user's mistake rather than as a failed run.
 */
public final class NoDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to do on a machine where OpenCL finds nothing at all. */
  static final String REMEDY =
      "Install your GPU's driver, or a CPU driver: apt-get install pocl-opencl-icd ocl-icd-libopencl1"
          + " (then see 'vae-ocl devices')";

  /** The message is shown to the user as it is: one line. */
  public NoDeviceException(String message) {
    super(message);
  }

  /** Keeps the cause for {@code --verbose}. */
  public NoDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
