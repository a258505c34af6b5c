package vaeocl.opencl.device;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** A compiled program. */
public final class KernelProgram implements AutoCloseable {
  /** A log is shown up to here; it may run to many pages, and what to do stands behind it. */
  private static final int LOG_CHARACTERS = 1500;

  private final String file;
  private final cl_program program;

  /**
   * @param file for messages
   */
  public KernelProgram(ClContext context, String text, String file, String options) {
    this.file = file;
    int[] status = new int[1];
    program = CL.clCreateProgramWithSource(context.context(), 1, new String[] {text}, null, status);
    OpenClException.check("clCreateProgramWithSource(" + file + ")", status[0]);
    int built = build(options);
    if (built == CL.CL_BUILD_PROGRAM_FAILURE) {
      // A signal that came meanwhile took the compiler's temporary files away: LLVM, inside of
      // PoCL, deletes them before it hands the signal on. A mistake in the text is one again.
      built = build(options);
    }
    if (built != CL.CL_SUCCESS) {
      String log = log(context.device().id());
      CL.clReleaseProgram(program);
      throw new OpenClException("clBuildProgram(" + file + ", " + options + ")", built, log);
    }
  }

  private int build(String options) {
    int built =
        OpenClException.status(() -> CL.clBuildProgram(program, 0, null, options, null, null));
    FaultSignals.restore();
    return built;
  }

  private String log(cl_device_id device) {
    long[] size = new long[1];
    CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] text = new byte[(int) Math.min(size[0], 1 << 20)];
    CL.clGetProgramBuildInfo(
        program, device, CL.CL_PROGRAM_BUILD_LOG, text.length, Pointer.to(text), null);
    String log =
        new String(text, java.nio.charset.StandardCharsets.UTF_8).replace("\0", "").strip();
    return log.isEmpty()
        ? "the compiler left no message"
        : log.substring(0, Math.min(log.length(), LOG_CHARACTERS));
  }

  public String file() {
    return file;
  }

  public cl_program program() {
    return program;
  }

  @Override
  public void close() {
    CL.clReleaseProgram(program);
  }
}
