package vaeocl.cli;

import java.io.IOException;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.api.Trainer;
import vaeocl.train.RunFolder;

/** What a training finds around it: a command for itself, or a sweep with many others. */
interface TrainHost {
  /** What reads images. */
  ImageLoader images();

  /** A device to train on; the caller closes it. */
  Device open(DeviceSetup setup);

  /**
   * Trains to the end, or until a signal.
   *
   * @return the exit status
   */
  int train(Trainer trainer, Device device, RunFolder folder) throws IOException;
}
