package vaeocl.api;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vaeocl.check.SelfTest;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.SharedDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.Devices;
import vaeocl.ops.Op;

/**
 * An OpenCL device, open, for any number of trainings and models. A kernel is compiled, and tried
 * out against formulas in double precision, when it is needed first.
 *
 * <p>Whoever uses a device may get an {@link vaeocl.opencl.device.OpenClException} where the driver
 * fails, and a {@link vaeocl.check.WrongDeviceException} where it computes wrongly.
 */
public final class Device implements AutoCloseable {
  private final DeviceSetup setup;
  private final SharedDevice shared;
  private final Set<List<Op>> tried;
  private final boolean owner;

  Device(DeviceSetup setup) {
    this(setup, new SharedDevice(setup.device(), setup.kernels()), new HashSet<>(), true);
  }

  private Device(DeviceSetup setup, SharedDevice shared, Set<List<Op>> tried, boolean owner) {
    this.setup = setup;
    this.shared = shared;
    this.tried = tried;
    this.owner = owner;
  }

  /**
   * The devices of this computer.
   *
   * @return all, through all platforms, by their numbers
   * @throws vaeocl.opencl.device.NoDeviceException if there is no OpenCL here
   */
  public static List<DeviceInfo> list() {
    return Devices.list().stream()
        .flatMap(platform -> platform.devices().stream())
        .map(device -> device.info())
        .toList();
  }

  /**
   * Opens the best device: a GPU, else a CPU.
   *
   * @return the device, to be closed
   * @throws vaeocl.opencl.device.NoDeviceException if there is none
   */
  public static Device open() {
    return open(null);
  }

  /**
   * Opens a device.
   *
   * @param spec its number in {@link #list}, or a part of its name or of its platform's
   * @return the device, to be closed
   * @throws vaeocl.opencl.device.NoDeviceException if none fits, or several do
   */
  public static Device open(String spec) {
    return DeviceSetup.of(spec).open();
  }

  /**
   * What it says of itself.
   *
   * @return its name, platform, memory (bytes), clock (MHz) and limits
   */
  public DeviceInfo info() {
    return setup.info();
  }

  /**
   * How it is used.
   *
   * @return its kernels and their tiling
   */
  public DeviceSetup setup() {
    return setup;
  }

  /**
   * The same device with another tiling or self-test. What was compiled and tried out is shared;
   * closing what is returned leaves this one open.
   *
   * @param other of this device and these kernels
   * @return the device, to be used before this one is closed
   * @throws RequestException if it is a setup of another device, or of other kernels
   */
  public Device with(DeviceSetup other) {
    boolean same = other.info().index() == info().index();
    if (!same || !other.kernels().equals(setup.kernels())) {
      throw new RequestException(
          "a setup of device " + other.info().label() + " is not one of " + info().label());
    }
    return new Device(other, shared, tried, false);
  }

  /** A backend with memory of its own, whose plans are tried out first. */
  DeviceBackend backend() {
    DeviceBackend backend = shared.backend(setup.tiling());
    if (setup.selfTest() && !SelfTest.tooSlowOn(info())) {
      backend.checkPlans(new SelfTest(backend, tried, setup.remedy()));
    }
    return backend;
  }

  /** Closes the device; models on it are to be closed before. */
  @Override
  public void close() {
    if (owner) {
      shared.close();
    }
  }

  @Override
  public String toString() {
    return info().label() + ", " + setup.tiling().label() + " tiling";
  }
}
