package vaeocl.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import vaeocl.model.SavedModel;
import vaeocl.model.VaeConfig;

/** What defines a new net and its training. */
final class NetOptions {
  @Option(names = "--batch-size", paramLabel = "N", description = "Images in a step (128).")
  private Integer batchSize;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Adam's learning rate (1e-3).")
  private Double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "X",
      description = "Weight of the KL divergence in the loss (1).")
  private Double beta;

  @Option(names = "--latent", paramLabel = "N", description = "Dimensions of the latent space (2).")
  private Integer latent;

  @Option(names = "--hidden", paramLabel = "N", description = "Width of the hidden layers (400).")
  private Integer hidden;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of weights, order and noise (1); the same seed gives the same model on the same"
              + " device.")
  private Long seed;

  @Option(
      names = "--init-from",
      paramLabel = "FILE",
      description = "Begin with the weights of this .safetensors file, of this program or PyTorch.")
  private Path initFrom;

  /** Where the initial weights come from; null if they are drawn. */
  Path initFrom() {
    return initFrom;
  }

  /**
   * The net and its training.
   *
   * @param initial the model of {@link #initFrom}, whose sizes hold, or null
   */
  VaeConfig config(SavedModel initial) {
    VaeConfig d = VaeConfig.DEFAULT;
    int hiddenOr = initial == null ? d.hidden().get(0) : initial.config().hidden().get(0);
    int latentOr = initial == null ? d.latent() : initial.config().latent();
    if (initial != null) {
      requireSame("--hidden", hidden, hiddenOr);
      requireSame("--latent", latent, latentOr);
    }
    try {
      return new VaeConfig(
          List.of(or(hidden, hiddenOr)),
          or(latent, latentOr),
          or(batchSize, d.batchSize()),
          or(learningRate, d.learningRate()),
          or(beta, d.beta()),
          or(seed, d.seed()));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private void requireSame(String option, Integer given, int there) {
    if (given != null && given != there) {
      throw new UserError(
          option + " " + given + " does not fit " + initFrom + ", whose net has " + there);
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
