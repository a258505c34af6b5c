package vaeocl.opencl.device;

import org.jocl.CL;
import org.jocl.CLException;

/**
 * An OpenCL call failed. The message is one line, such as {@code clBuildProgram failed:
 * CL_BUILD_PROGRAM_FAILURE (-11)}, followed by the hint where there is one.
 */
public final class OpenClException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int code;

  /**
   * @param call the function that failed, with whatever identifies this use of it, such as {@code
   *     clEnqueueNDRangeKernel(dense_forward 128x400)}
   * @param code the status it returned, negative
   */
  public OpenClException(String call, int code) {
    this(call, code, null);
  }

  /**
   * @param hint what may have led to it or what to try, without a full stop; null for none
   */
  public OpenClException(String call, int code, String hint) {
    super(call + " failed: " + name(code) + (hint == null ? "" : ": " + hint));
    this.call = call;
    this.code = code;
  }

  /** The call that failed, as it was given. */
  public String call() {
    return call;
  }

  /** The CL status, negative. */
  public int code() {
    return code;
  }

  /** What to try, as the end of a sentence. */
  public String remedy() {
    return switch (code) {
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE, CL.CL_OUT_OF_RESOURCES, CL.CL_OUT_OF_HOST_MEMORY ->
          "free memory that other programs hold, or choose another --device";
      case CL.CL_BUILD_PROGRAM_FAILURE ->
          "choose another --device or --tiling, or mend the file where --kernels names its folder";
      default -> "try again, or choose another --device";
    };
  }

  /** Throws unless the status of the call is CL_SUCCESS. */
  public static void check(String call, int status) {
    if (status != CL.CL_SUCCESS) {
      throw new OpenClException(call, status);
    }
  }

  /** The status of a call, whether JOCL's exceptions are on (they are a global switch) or off. */
  public static int status(StatusCall call) {
    try {
      return call.run();
    } catch (CLException e) {
      return e.getStatus();
    }
  }

  /** A call into JOCL that returns its status. */
  public interface StatusCall {
    int run();
  }

  private static String name(int code) {
    Natives.load();
    String name = CL.stringFor_errorCode(code);
    return name.startsWith("CL_") ? name + " (" + code + ")" : "unknown error (" + code + ")";
  }
}
