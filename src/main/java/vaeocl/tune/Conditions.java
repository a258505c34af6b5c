package vaeocl.tune;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vaeocl.formats.Sha256;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.device.Programs;

/**
 * What a search is made for, and under: its result holds for nothing else.
 *
 * @param tiling its kind
 * @param net pixels of an image, and every setting of the net that is not the default and makes a
 *     step another one
 * @param driver with the version of OpenCL, where some drivers name their compiler
 * @param options of the compiler in the default tiling
 * @param kernels SHA-256 of all their text
 */
public record Conditions(
    String platform,
    String device,
    String tiling,
    Map<String, String> net,
    String driver,
    String options,
    String kernels) {
  /** Settings that are numbers to a step, whatever they are. */
  private static final Set<String> NUMBERS = Set.of("learning_rate", "beta", "seed");

  public Conditions {
    net = Collections.unmodifiableMap(new TreeMap<>(net)); // in one order
  }

  /** Those of a training. */
  public static Conditions of(
      ClDevice device, KernelSource source, Tilings kind, VaeConfig config, int pixels) {
    Map<String, String> net = new TreeMap<>(Map.of("pixels", Integer.toString(pixels)));
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      Object value = config.values().get(setting.key());
      boolean initial = value.equals(VaeConfig.DEFAULT.values().get(setting.key()));
      if (!initial && !NUMBERS.contains(setting.key())) {
        net.put(setting.key(), setting.print(value));
      }
    }
    DeviceInfo info = device.info();
    return new Conditions(
        info.platform(),
        info.name(),
        kind.label(),
        net,
        info.driver() + ", " + info.version(),
        Programs.options(kind.of(info).options()),
        Sha256.of(source.all()));
  }

  /** The name of the file for it: that of a later search, with other kernels say, is the same. */
  String file() {
    Sha256 sha256 = new Sha256().add(platform).add(device).add(tiling);
    net.forEach((key, value) -> sha256.add(key).add(value));
    return tiling + "-" + sha256.hex().substring(0, 16) + ".json";
  }

  /** What has changed since, if anything has. */
  Optional<String> changed(Conditions now) {
    if (!kernels.equals(now.kernels)) {
      return Optional.of("kernels");
    }
    if (!driver.equals(now.driver)) {
      return Optional.of("driver");
    }
    if (!options.equals(now.options)) {
      return Optional.of("options of the compiler");
    }
    return equals(now) ? Optional.empty() : Optional.of("device or net");
  }
}
