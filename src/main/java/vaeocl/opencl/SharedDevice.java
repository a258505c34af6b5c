package vaeocl.opencl;

import java.util.HashMap;
import java.util.Map;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.device.Programs;
import vaeocl.opencl.plan.Tiling;

/** A device for several backends, one after another, whose kernels are compiled once. */
public final class SharedDevice implements AutoCloseable {
  private final ClContext context;
  private final KernelSource source;
  private final Map<String, Programs> programs = new HashMap<>();

  public SharedDevice(ClDevice device, KernelSource source) {
    context = new ClContext(device, false);
    this.source = source;
  }

  /** A backend with memory of its own, to be closed before this and before the next. */
  public DeviceBackend backend(Tiling tiling) {
    return new DeviceBackend(
        tiling,
        programs.computeIfAbsent(
            tiling.options(), options -> new Programs(context, source, options)),
        context);
  }

  @Override
  public void close() {
    programs.values().forEach(Programs::close);
    context.close();
  }
}
