package vaeocl.api;

import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/**
 * A device that is chosen, and how to use it; nothing is open yet.
 *
 * @param device the device
 * @param kernels where the OpenCL C comes from
 * @param tiling how the kernels cut the work
 * @param selfTest whether each kernel is tried out, at the shapes at which it will run, before it
 *     is used
 * @param remedy what to do where the device computes wrongly: the end of a sentence
 */
public record DeviceSetup(
    ClDevice device, KernelSource kernels, Tiling tiling, boolean selfTest, String remedy) {
  /** What config.json calls the kernels that come with the classes. */
  public static final String PACKED = "packed";

  private static final String REMEDY =
      "try another tiling, another device, or another version of its driver";

  /**
   * Chooses a device as {@code --device} does, with what suits it.
   *
   * @param spec its number in {@link Device#list}, or a part of its name or of its platform's; null
   *     for the best GPU, else the best CPU
   * @return the choice
   * @throws vaeocl.opencl.device.NoDeviceException if there is none, none fits, or several do
   */
  public static DeviceSetup of(String spec) {
    return of(Devices.select(spec));
  }

  /**
   * A device of choice, with what suits it.
   *
   * @param device the device
   * @return the choice
   */
  public static DeviceSetup of(ClDevice device) {
    Tiling tiling = Tilings.suiting(device.info()).of(device.info());
    return new DeviceSetup(device, KernelSource.packed(), tiling, true, REMEDY);
  }

  /**
   * What the device says of itself.
   *
   * @return its name, platform, memory (bytes), clock (MHz) and limits
   */
  public DeviceInfo info() {
    return device.info();
  }

  /**
   * The same with other kernels.
   *
   * @param kind made for CPUs, for GPUs, or the plain formulas
   * @return the setup
   */
  public DeviceSetup withTiling(Tilings kind) {
    return withTiling(kind.of(info()));
  }

  /**
   * The same with a certain tiling.
   *
   * @param other within the device's limits
   * @return the setup
   */
  public DeviceSetup withTiling(Tiling other) {
    return new DeviceSetup(device, kernels, other, selfTest, remedy);
  }

  /**
   * The same with kernels from elsewhere.
   *
   * @param source where they come from
   * @return the setup
   */
  public DeviceSetup withKernels(KernelSource source) {
    return new DeviceSetup(device, source, tiling, selfTest, remedy);
  }

  /**
   * The same with the kernels of a folder, which must hold all of them.
   *
   * @param folder laid out as {@code kernels/}
   * @return the setup
   * @throws RequestException if it is no folder
   */
  public DeviceSetup withKernels(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RequestException("--kernels " + folder + " is not a folder");
    }
    return withKernels(KernelSource.folder(folder));
  }

  /**
   * The same with or without the self-test. Simulators, which would take minutes, have none.
   *
   * @param wanted whether each kernel is tried out
   * @param advice what to do where the device computes wrongly: the end of a sentence
   * @return the setup
   */
  public DeviceSetup withSelfTest(boolean wanted, String advice) {
    return new DeviceSetup(device, kernels, tiling, wanted, advice);
  }

  /**
   * Where the kernels come from.
   *
   * @return {@link #PACKED}, or their folder
   */
  public String kernelsOrigin() {
    return kernels.folder() == null
        ? PACKED
        : kernels.folder().toAbsolutePath().normalize().toString();
  }

  /**
   * Opens the device.
   *
   * @return the device, to be closed
   * @throws vaeocl.opencl.device.OpenClException if the driver refuses
   */
  public Device open() {
    return new Device(this);
  }
}
