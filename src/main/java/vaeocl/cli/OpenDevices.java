package vaeocl.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.SharedDevice;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Op;

/** Devices for many nets, one after another: kernels are compiled and tried out once. */
final class OpenDevices implements AutoCloseable {
  private final Map<Key, Opened> devices = new HashMap<>();

  private record Key(int index, KernelSource source) {}

  /**
   * @param tried operations that the device computed rightly
   */
  private record Opened(SharedDevice device, Set<List<Op>> tried) {}

  /** A backend with memory of its own, to be closed before the next. */
  DeviceBackend backend(
      ClDevice device, KernelSource source, Tiling tiling, SelfTestOption selfTest) {
    Opened opened =
        devices.computeIfAbsent(
            new Key(device.info().index(), source),
            key -> new Opened(new SharedDevice(device, source), new HashSet<>()));
    DeviceBackend backend = opened.device().backend(tiling);
    selfTest.guard(backend, opened.tried());
    return backend;
  }

  /** Closes all; they can be opened again. */
  @Override
  public void close() {
    devices.values().forEach(opened -> opened.device().close());
    devices.clear();
  }
}
