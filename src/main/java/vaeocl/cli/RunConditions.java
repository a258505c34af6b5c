package vaeocl.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vaeocl.data.Dataset;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Tiling;
import vaeocl.train.ImagesOfRun;
import vaeocl.train.RunConfig;

/** The configuration of a new run: what was asked for, and the conditions it meets here. */
final class RunConditions {
  private RunConditions() {}

  static RunConfig of(
      VaeConfig vae,
      int epochs,
      String initFrom,
      int checkpointEvery,
      Dataset data,
      ClDevice device,
      Tiling tiling,
      String kernels) {
    return new RunConfig(
        Version.number(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        epochs,
        vae,
        initFrom,
        checkpointEvery,
        data(data),
        device(device),
        tiles(tiling, kernels),
        new RunConfig.Host(
            System.getProperty("java.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.arch")));
  }

  static ImagesOfRun data(Dataset data) {
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

  static RunConfig.Tiles tiles(Tiling tiling, String kernels) {
    return new RunConfig.Tiles(tiling.label(), tiling.options(), tiling.sizes(), kernels);
  }

  static RunConfig.Device device(ClDevice device) {
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
