package vaeocl.cli;

import java.io.IOException;
import java.util.List;
import vaeocl.data.Dataset;
import vaeocl.model.EpochResult;
import vaeocl.model.Vae;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.train.LossException;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/** What the trainings of a sweep share, one after another: images and devices. */
final class SweepHost implements TrainHost {
  private final StopSignals stop;
  private final Training.Listener listener;
  private final ImageLoader images;
  private final OpenDevices devices;
  private Trained result;

  /**
   * A training that came to its end.
   *
   * @param epochs all of them
   * @param seconds what it took by itself, its files included, since it began or went on
   */
  record Trained(List<EpochResult> epochs, double seconds) {}

  SweepHost(StopSignals stop, Training.Listener listener, ImageLoader images, OpenDevices devices) {
    this.stop = stop;
    this.listener = listener;
    this.images = images;
    this.devices = devices;
  }

  /** The last training that came to its end. */
  Trained result() {
    return result;
  }

  @Override
  public ImageLoader images() {
    return images;
  }

  @Override
  public DeviceBackend open(
      ClDevice device, KernelSource source, Tiling tiling, SelfTestOption selfTest) {
    return devices.backend(device, source, tiling, selfTest);
  }

  @Override
  public int train(
      DeviceBackend backend, RunConfig config, Dataset data, RunFolder folder, Beginning beginning)
      throws IOException {
    long begin = System.nanoTime();
    Vae vae = new Vae(data.train().size(), config.vae());
    try {
      Training.Result trained =
          beginning.of(
              new Training(
                  backend, Localities.of(backend), vae, data, folder, config, listener, stop));
      boolean whole = trained.position().epoch() >= config.epochs() || trained.early();
      result = new Trained(trained.epochs(), (System.nanoTime() - begin) / 1e9);
      return whole ? Cli.OK : stop.status();
    } catch (LossException e) {
      throw new RunFailure(e.getMessage(), e);
    }
  }

  /** After a failure nothing on a device is trusted. */
  void reopen() {
    devices.close();
  }
}
