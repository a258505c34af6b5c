package vaeocl.cli;

import java.util.HashMap;
import java.util.Map;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.opencl.device.KernelSource;

/** Devices for many nets, one after another: kernels are compiled and tried out once. */
final class OpenDevices implements AutoCloseable {
  private final Map<Key, Device> devices = new HashMap<>();

  private record Key(int index, KernelSource source) {}

  /** The device, which stays open when what is returned is closed. */
  Device open(DeviceSetup setup) {
    Key key = new Key(setup.info().index(), setup.kernels());
    return devices.computeIfAbsent(key, k -> setup.open()).with(setup);
  }

  /** Closes all; they can be opened again. */
  @Override
  public void close() {
    devices.values().forEach(Device::close);
    devices.clear();
  }
}
