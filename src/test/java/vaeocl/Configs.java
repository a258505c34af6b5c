package vaeocl;

import java.util.List;
import java.util.Map;
import vaeocl.model.VaeConfig;

/** Settings of small nets. */
public final class Configs {
  private Configs() {}

  /** The defaults but for these. */
  public static VaeConfig of(
      List<Integer> hidden, int latent, int batch, double learningRate, double beta, long seed) {
    return VaeConfig.DEFAULT.with(
        Map.of(
            "hidden", hidden,
            "latent", latent,
            "batch_size", batch,
            "learning_rate", learningRate,
            "beta", beta,
            "seed", seed));
  }
}
