package vaeocl.cli;

import java.util.List;
import vaeocl.model.DataTensors;
import vaeocl.model.Preset;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Op;

/**
 * How much a training and its evaluation are to compute, on images as many and large as MNIST's.
 */
final class Workload {
  private static final int PIXELS = 28 * 28;
  private static final int TRAINING_IMAGES = 60_000;
  private static final int TEST_IMAGES = 10_000;

  private Workload() {}

  /**
   * Operations, as a multiple of those of the default training.
   *
   * @param samples of each test image that are weighed
   */
  static double of(VaeConfig config, int epochs, int samples) {
    double training = epochs * epoch(config);
    double weighing = (double) TEST_IMAGES * samples * sample(config);
    return (training + weighing) / (Preset.NOTEBOOK.epochs() * epoch(VaeConfig.DEFAULT));
  }

  private static double epoch(VaeConfig config) {
    DataTensors data = DataTensors.of("counted", TRAINING_IMAGES, PIXELS);
    int batch = config.batchSize();
    List<Op> step = new Vae(PIXELS, config).step(data, batch, 1).ops();
    return (double) TRAINING_IMAGES / batch * flops(step);
  }

  private static double sample(VaeConfig config) {
    int many = 100;
    DataTensors data = DataTensors.of("counted", 1, PIXELS);
    return flops(new Vae(PIXELS, config).importance(data, 1, 1, many).ops()) / many;
  }

  private static double flops(List<Op> ops) {
    return ops.stream().mapToDouble(Op::flops).sum();
  }
}
