package vaeocl.model;

import java.util.Map;

/** Settings that others have published figures for. */
public enum Preset {
  /** The experiment that this program began with. */
  NOTEBOOK(20, Map.of()),

  /** pytorch/examples, vae: 784-400-20, grey Bernoulli. Its published test loss is 105.6. */
  PYTORCH_EXAMPLE(10, Map.of("latent", "20", "likelihood", "bernoulli")),

  /** Townsend, Bird and Barber, 2019, bits back: 784-100-40. Published: 0.19 bits a pixel. */
  BITS_BACK(
      20,
      Map.of(
          "hidden", "100",
          "latent", "40",
          "likelihood", "bernoulli",
          "binarize", "dynamic",
          "batch_size", "100")),

  /** Burda et al., 2016: 784-200-200-50. Published after 3,280 epochs: 86.76, with K = 50 84.78. */
  IWAE_PAPER(
      20,
      Map.of(
          "hidden", "200,200",
          "latent", "50",
          "activation", "tanh",
          "likelihood", "bernoulli",
          "binarize", "dynamic",
          "batch_size", "20"));

  private final int epochs;

  @SuppressWarnings("ImmutableEnumChecker") // Map.of makes maps that nobody can change
  private final Map<String, String> settings;

  Preset(int epochs, Map<String, String> settings) {
    this.epochs = epochs;
    this.settings = settings;
  }

  /** Of a training, unless told otherwise. */
  public int epochs() {
    return epochs;
  }

  /** Texts by {@link SettingSpec#key}; what is missing has its default. */
  public Map<String, String> settings() {
    return settings;
  }
}
