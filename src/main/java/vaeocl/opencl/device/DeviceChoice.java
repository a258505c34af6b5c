package vaeocl.opencl.device;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which device a run uses. Pure: it sees descriptions only, so every rule can be tested. */
final class DeviceChoice {
  /**
   * GPUs first, then accelerators, then CPUs; among equals the larger product of compute units and
   * clock, a rough order of speed; among those the first. A clock of 0 means unknown and counts as
   * 1 MHz, so that the compute units still decide.
   */
  private static final Comparator<DeviceInfo> BEST_FIRST =
      Comparator.comparingInt(DeviceChoice::rank)
          .thenComparing(Comparator.comparingLong(DeviceChoice::speed).reversed())
          .thenComparingInt(DeviceInfo::index);

  private DeviceChoice() {}

  /**
   * The device that the user named, or the best usable one.
   *
   * @param spec an index; or the whole name of a device or platform; or a part of one, whatever its
   *     case; null or blank for the default
   * @throws NoDeviceException if nothing usable fits, or several fit
   */
  static DeviceInfo choose(List<DeviceInfo> devices, String spec) {
    if (devices.isEmpty()) {
      throw new NoDeviceException("no OpenCL device found. " + NoDeviceException.REMEDY);
    }
    return spec == null || spec.isBlank() ? best(devices) : named(devices, spec.strip());
  }

  /** A device's place, from 0, among those of its name on its platform. */
  static int ordinal(List<DeviceInfo> devices, DeviceInfo device) {
    return equals(devices, device.name(), device.platform()).indexOf(device);
  }

  /** What {@link #choose} takes for this device and no other: its name, else its number. */
  static String spec(List<DeviceInfo> devices, DeviceInfo device) {
    try {
      boolean found = !device.name().isBlank() && find(devices, device.name()).equals(device);
      return found ? device.name() : Integer.toString(device.index());
    } catch (NoDeviceException e) {
      return Integer.toString(device.index());
    }
  }

  /**
   * The usable device that a run was on, else the one most like it: of the same name, else of the
   * same kind, on the same platform.
   *
   * @param ordinal see {@link #ordinal}
   * @throws NoDeviceException if there is none, saying which there are
   */
  static DeviceInfo again(
      List<DeviceInfo> devices, String name, String platform, String kind, int ordinal) {
    List<DeviceInfo> equals = equals(devices, name, platform);
    if (ordinal < equals.size() && equals.get(ordinal).problem().isEmpty()) {
      return equals.get(ordinal);
    }
    List<DeviceInfo> usable =
        devices.stream()
            .filter(d -> d.problem().isEmpty() && d.platform().equals(platform))
            .toList();
    return usable.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .or(() -> usable.stream().filter(d -> d.kind().label().equals(kind)).min(BEST_FIRST))
        .orElseThrow(
            () ->
                !equals.isEmpty()
                    ? new NoDeviceException("cannot use " + refusal(equals.get(0)))
                    : new NoDeviceException(
                        "the run's device is not here ("
                            + name
                            + ", "
                            + platform
                            + "), nor another "
                            + kind
                            + " of that platform; choose with --device from: "
                            + labels(devices)));
  }

  private static List<DeviceInfo> equals(List<DeviceInfo> devices, String name, String platform) {
    return devices.stream()
        .filter(d -> d.name().equals(name) && d.platform().equals(platform))
        .toList();
  }

  private static DeviceInfo best(List<DeviceInfo> devices) {
    return devices.stream()
        .filter(device -> device.problem().isEmpty())
        .min(BEST_FIRST)
        .orElseThrow(
            () ->
                new NoDeviceException(
                    "no usable OpenCL device: "
                        + devices.stream()
                            .map(DeviceChoice::refusal)
                            .collect(Collectors.joining("; "))));
  }

  private static DeviceInfo named(List<DeviceInfo> devices, String spec) {
    DeviceInfo chosen = find(devices, spec);
    if (chosen.problem().isPresent()) {
      throw new NoDeviceException("cannot use " + refusal(chosen));
    }
    return chosen;
  }

  private static DeviceInfo find(List<DeviceInfo> devices, String spec) {
    // A number that is no index may still be part of a name: "--device 4090".
    for (DeviceInfo device : devices) {
      if (spec.equals(Integer.toString(device.index()))) {
        return device;
      }
    }
    String wanted = fold(spec);
    List<Predicate<DeviceInfo>> rules =
        List.of(
            device -> fold(device.name()).equals(wanted),
            device -> fold(device.platform()).equals(wanted),
            device ->
                fold(device.name()).contains(wanted) || fold(device.platform()).contains(wanted));
    for (Predicate<DeviceInfo> rule : rules) {
      List<DeviceInfo> matches = devices.stream().filter(rule).toList();
      if (matches.size() == 1) {
        return matches.get(0);
      }
      if (!matches.isEmpty()) {
        throw new NoDeviceException(
            "--device '"
                + spec
                + "' fits several devices, choose one by its number: "
                + labels(matches));
      }
    }
    throw new NoDeviceException(
        "--device '" + spec + "' fits no device; there are: " + labels(devices));
  }

  private static int rank(DeviceInfo device) {
    return switch (device.kind()) {
      case GPU -> 0;
      case ACCELERATOR -> 1;
      case CPU -> 2;
    };
  }

  private static long speed(DeviceInfo device) {
    return Math.max(1L, device.computeUnits()) * Math.max(1L, device.clockMhz());
  }

  private static String refusal(DeviceInfo device) {
    return "device " + device.label() + ", which " + device.problem().orElse("fits");
  }

  private static String labels(List<DeviceInfo> devices) {
    return devices.stream().map(DeviceInfo::label).collect(Collectors.joining(", "));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
