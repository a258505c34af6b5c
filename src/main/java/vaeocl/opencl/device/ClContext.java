package vaeocl.opencl.device;

import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;

/** A device made ready: its context and one in-order queue. */
public final class ClContext implements AutoCloseable {
  private final ClDevice device;
  private final cl_context context;
  private final cl_command_queue queue;

  /**
   * @param profiling whether commands record their times
   */
  public ClContext(ClDevice device, boolean profiling) {
    this.device = device;
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
    int[] status = new int[1];
    context =
        CL.clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, status);
    OpenClException.check("clCreateContext(" + device.info().name() + ")", status[0]);
    queue = createQueue(profiling ? CL.CL_QUEUE_PROFILING_ENABLE : 0);
  }

  // The call that replaces it is OpenCL 2.0's, and 1.2 is what is asked of a device.
  @SuppressWarnings("deprecation")
  private cl_command_queue createQueue(long properties) {
    int[] status = new int[1];
    cl_command_queue created = CL.clCreateCommandQueue(context, device.id(), properties, status);
    if (status[0] != CL.CL_SUCCESS) {
      CL.clReleaseContext(context);
      throw new OpenClException("clCreateCommandQueue", status[0]);
    }
    return created;
  }

  public ClDevice device() {
    return device;
  }

  public DeviceInfo info() {
    return device.info();
  }

  public cl_context context() {
    return context;
  }

  public cl_command_queue queue() {
    return queue;
  }

  public void flush() {
    OpenClException.check("clFlush", CL.clFlush(queue));
  }

  /** Waits for the queue to run empty; errors of earlier commands may show here first. */
  public void finish() {
    int status = CL.clFinish(queue);
    if (status != CL.CL_SUCCESS) {
      throw new OpenClException(
          "clFinish", status, "a command queued before it failed, often for want of memory");
    }
  }

  @Override
  public void close() {
    CL.clReleaseCommandQueue(queue);
    CL.clReleaseContext(context);
  }
}
