package vaeocl.cli;

import java.io.IOException;
import vaeocl.data.Dataset;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/** What a training finds around it: a command for itself, or a sweep with many others. */
interface TrainHost {
  /** How a training begins. */
  interface Beginning {
    Training.Result of(Training training) throws IOException;
  }

  /** What reads images. */
  ImageLoader images();

  /** A device to train on, whose kernels are tried out first; the caller closes it. */
  DeviceBackend open(ClDevice device, KernelSource source, Tiling tiling, SelfTestOption selfTest);

  /**
   * Trains to the end, or until a signal.
   *
   * @return the exit status
   */
  int train(
      DeviceBackend backend, RunConfig config, Dataset data, RunFolder folder, Beginning beginning)
      throws IOException;
}
