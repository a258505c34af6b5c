package vaeocl.opencl.device;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a device says about itself, asked for once.
 *
 * @param index its position among all devices of all platforms, from 0; what {@code --device} takes
 * @param platform the platform's name
 * @param name the device's name
 * @param vendor the device's vendor
 * @param kind CPU, GPU or accelerator
 * @param globalBytes size of global memory, bytes
 * @param maxAllocBytes largest single allocation, bytes
 * @param localBytes local memory of a work-group, bytes
 * @param computeUnits number of compute units
 * @param maxWorkGroup largest work-group, work-items
 * @param floatVectorWidth native vector width for float, elements
 * @param clockMhz highest clock, MHz; 0 where the driver does not say
 * @param version CL_DEVICE_VERSION, "OpenCL 1.2 ..."
 * @param driver driver version
 * @param openClC CL_DEVICE_OPENCL_C_VERSION, "OpenCL C 1.2 ..."
 * @param littleEndian whether the device is little-endian
 * @param available whether the device is available
 * @param compiler whether the driver has an OpenCL C compiler for it
 * @param missing what its driver needs of this computer and does not find, as {@link #problem}; ""
 *     where that is nothing
 */
public record DeviceInfo(
    int index,
    String platform,
    String name,
    String vendor,
    DeviceKind kind,
    long globalBytes,
    long maxAllocBytes,
    long localBytes,
    int computeUnits,
    long maxWorkGroup,
    int floatVectorWidth,
    int clockMhz,
    String version,
    String driver,
    String openClC,
    boolean littleEndian,
    boolean available,
    boolean compiler,
    String missing) {
  private static final Pattern VERSION = Pattern.compile("OpenCL (?:C )?(\\d{1,4})\\.(\\d{1,4})");

  public DeviceInfo {
    if (index < 0) {
      throw new IllegalArgumentException("device index must not be negative: " + index);
    }
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
  }

  /** The OpenCL version without the vendor's addition: "1.2", or "?" where it cannot be read. */
  public String versionNumber() {
    Matcher matcher = VERSION.matcher(version);
    return matcher.lookingAt() ? matcher.group(1) + "." + matcher.group(2) : "?";
  }

  /** Whether the device supports this version of OpenCL; false where its version is unreadable. */
  public boolean supports(int major, int minor) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.lookingAt()) {
      return false;
    }
    int deviceMajor = Integer.parseInt(matcher.group(1));
    int deviceMinor = Integer.parseInt(matcher.group(2));
    return deviceMajor > major || (deviceMajor == major && deviceMinor >= minor);
  }

  /** Why this program cannot use the device, as the end of a sentence that begins with its name. */
  public Optional<String> problem() {
    if (!available) {
      return Optional.of("is not available (its driver says so)");
    }
    if (!compiler) {
      return Optional.of("has no OpenCL C compiler");
    }
    if (!littleEndian) {
      return Optional.of("is big-endian");
    }
    if (!supports(1, 2)) {
      return Optional.of("offers \"" + version + "\", and OpenCL 1.2 is needed");
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
  }

  /** "0 (name, platform)", for messages that list devices. */
  public String label() {
    return index + " (" + name + ", " + platform + ")";
  }
}
