package vaeocl.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;
import vaeocl.reference.HostBackend;

/** The losses of the first steps of a training, on a device and on the reference. */
record StepLosses(int batch, int latent, int hidden, int pixels) {
  private static final int STEPS = 20;

  /** One image in so many pixels is ink. */
  private static final int INK = 5;

  /** The largest relative difference between the device's losses and the reference's; or NaN. */
  double difference(Backend device) {
    try (HostBackend reference = new HostBackend()) {
      double[] expected = losses(reference);
      double[] actual = losses(device);
      return IntStream.range(0, expected.length)
          .mapToDouble(i -> Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]))
          .max()
          .orElseThrow();
    }
  }

  private double[] losses(Backend backend) {
    VaeConfig config =
        VaeConfig.DEFAULT.with(
            Map.of("batch_size", batch, "latent", latent, "hidden", List.of(hidden)));
    Vae vae = new Vae(pixels, config);
    DataTensors data = DataTensors.of("training", batch * STEPS, pixels);
    Vae.Step step = vae.step(data, batch, STEPS);
    try (Plan plan = backend.compile(step.ops(), Set.of())) {
      Weights.initialise(backend, vae);
      backend.write(data.images(), images(data.images().rows()));
      backend.write(data.order(), IntStream.range(0, data.count()).toArray());
      plan.run(new Batches(0, 0, 0, STEPS));
      double[] error = backend.sums(step.error(), 0, STEPS);
      double[] kl = backend.sums(step.kl(), 0, STEPS);
      return IntStream.range(0, STEPS).mapToDouble(i -> error[i] + kl[i]).toArray();
    }
  }

  private byte[] images(int count) {
    SplittableRandom random = new SplittableRandom(pixels);
    byte[] images = new byte[count * pixels];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (random.nextInt(INK) == 0 ? random.nextInt(256) : 0);
    }
    return images;
  }
}
