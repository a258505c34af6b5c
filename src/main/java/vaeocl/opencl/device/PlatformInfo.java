package vaeocl.opencl.device;

import java.util.List;

/**
 * An OpenCL platform (a driver) and what it offers.
 *
 * @param name the platform's name
 * @param version its version, "OpenCL 3.0 ..."
 * @param devices its devices, in the driver's order; may be empty
 * @param note what is wrong or missing, as a short phrase; empty where all is well
 */
public record PlatformInfo(String name, String version, List<ClDevice> devices, String note) {
  public PlatformInfo {
    devices = List.copyOf(devices);
  }
}
