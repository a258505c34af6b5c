package vaeocl.cli;

import java.io.IOException;
import java.util.List;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.api.TrainedRun;
import vaeocl.api.Trainer;
import vaeocl.model.EpochResult;
import vaeocl.train.LossException;
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
  public Device open(DeviceSetup setup) {
    return devices.open(setup);
  }

  @Override
  public int train(Trainer trainer, Device device, RunFolder folder) throws IOException {
    long begin = System.nanoTime();
    try {
      TrainedRun trained = trainer.listener(listener).stopWhen(stop).train(device, folder);
      result = new Trained(trained.epochs(), (System.nanoTime() - begin) / 1e9);
      return trained.whole() ? Cli.OK : stop.status();
    } catch (LossException e) {
      throw new RunFailure(e.getMessage(), e);
    }
  }

  /** After a failure nothing on a device is trusted. */
  void reopen() {
    devices.close();
  }
}
