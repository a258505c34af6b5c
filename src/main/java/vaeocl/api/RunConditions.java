package vaeocl.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vaeocl.data.Dataset;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.train.ImagesOfRun;
import vaeocl.train.RunConfig;

/** What config.json says of the conditions that a run meets here. */
public final class RunConditions {
  private RunConditions() {}

  /**
   * The version of this program.
   *
   * @return as the jar's manifest says; "dev" where the classes are in no jar
   */
  public static String version() {
    String version = RunConditions.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** The time of the beginning, ISO-8601, UTC. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static RunConfig.Host host() {
    return new RunConfig.Host(
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  static ImagesOfRun images(Dataset data) {
    return new ImagesOfRun(
        data.name(),
        data.source(),
        data.sha256(),
        data.train().count(),
        data.test().count(),
        data.train().rows(),
        data.train().cols(),
        data.checksums().images(),
        data.checksums().labels(),
        data.reading().options());
  }

  static RunConfig.Tiles tiles(DeviceSetup setup) {
    return new RunConfig.Tiles(
        setup.tiling().label(),
        setup.tiling().options(),
        setup.tiling().sizes(),
        setup.kernelsOrigin());
  }

  /**
   * A device, as config.json has it.
   *
   * @param device the device
   * @return its name, driver and place
   */
  public static RunConfig.Device device(ClDevice device) {
    DeviceInfo info = device.info();
    return new RunConfig.Device(
        info.name(),
        info.platform(),
        info.vendor(),
        info.kind().label(),
        info.version(),
        info.driver(),
        device.ordinal(),
        device.spec());
  }
}
