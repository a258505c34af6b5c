package vaeocl.cli;

import picocli.CommandLine.Option;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;

/** The option {@code --device}, the same for every command that computes on one. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "OpenCL device: its number from 'vae-ocl devices', or a part of its name or of its"
              + " platform's. Default: the best GPU, else the best CPU.")
  private String spec;

  /** Whether the user named one. */
  boolean given() {
    return spec != null;
  }

  /** Chooses the device; see {@link Devices#select(String)} for the rules and errors. */
  public ClDevice select() {
    return Devices.select(spec);
  }
}
