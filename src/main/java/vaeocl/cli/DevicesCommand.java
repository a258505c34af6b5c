package vaeocl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.NoDeviceException;
import vaeocl.opencl.device.PlatformInfo;

/** {@code vae-ocl devices}: what OpenCL finds on this machine, and what would be used. */
@Command(
    name = "devices",
    description = "List the OpenCL devices; * marks the one that is used by default.")
final class DevicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<PlatformInfo> platforms = Devices.list();
    List<DeviceInfo> devices =
        platforms.stream().flatMap(p -> p.devices().stream()).map(ClDevice::info).toList();
    NoDeviceException none = null;
    Optional<DeviceInfo> chosen = Optional.empty();
    try {
      chosen = Optional.of(Devices.select(platforms, null).info());
    } catch (NoDeviceException e) {
      none = e; // the listing is still worth seeing, it says why
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!devices.isEmpty()) {
      table(devices, chosen).lines().forEach(out::println);
    }
    for (DeviceInfo device : devices) {
      device.problem().ifPresent(p -> out.println("device " + device.index() + " " + p));
    }
    for (PlatformInfo platform : platforms) {
      if (!platform.note().isEmpty()) {
        out.println("platform " + platform.name() + ": " + platform.note());
      }
    }
    out.flush();
    if (none != null) {
      throw none;
    }
    return Cli.OK;
  }

  static Table table(List<DeviceInfo> devices, Optional<DeviceInfo> chosen) {
    Table table =
        new Table(
            "", ">#", "kind", "name", "platform", ">memory", ">units", ">MHz", "OpenCL", "driver");
    for (DeviceInfo d : devices) {
      table.row(
          chosen.filter(d::equals).isPresent() ? "*" : "",
          Integer.toString(d.index()),
          d.kind().label(),
          d.name(),
          d.platform(),
          memory(d.globalBytes()),
          Integer.toString(d.computeUnits()),
          d.clockMhz() == 0 ? "?" : Integer.toString(d.clockMhz()),
          d.versionNumber(),
          d.driver());
    }
    return table;
  }

  private static String memory(long bytes) {
    return bytes < 1L << 30
        ? (bytes >> 20) + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
