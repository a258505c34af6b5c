package vaeocl.opencl.device;

import java.util.Locale;
import org.jocl.CL;

/** What a device is. It chooses defaults (device, tiling); it never changes results' meaning. */
public enum DeviceKind {
  /** The host's own processor, or a simulator. */
  CPU,
  /** A graphics processor, discrete or not. */
  GPU,
  /** Anything else: an FPGA, a DSP, a custom device. */
  ACCELERATOR;

  /** From CL_DEVICE_TYPE. The CPU bit wins, because Oclgrind, a simulator, sets every bit. */
  static DeviceKind of(long type) {
    if ((type & CL.CL_DEVICE_TYPE_CPU) != 0) {
      return CPU;
    }
    return (type & CL.CL_DEVICE_TYPE_GPU) != 0 ? GPU : ACCELERATOR;
  }

  /** As people write it: "CPU", "GPU", "accelerator". */
  public String label() {
    return this == ACCELERATOR ? name().toLowerCase(Locale.ROOT) : name();
  }
}
