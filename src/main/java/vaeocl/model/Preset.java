package vaeocl.model;

import static vaeocl.model.Publication.Quantity.BITS_PER_DIM;
import static vaeocl.model.Publication.Quantity.NEGATIVE_ELBO;
import static vaeocl.model.Publication.Quantity.NEGATIVE_LOG_LIKELIHOOD;
import static vaeocl.model.Publication.Quantity.PSNR;
import static vaeocl.model.Publication.Quantity.SSIM;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vaeocl.model.Publication.Figure;

/** Settings that others have published figures for. */
public enum Preset {
  /** The experiment that this program began with. */
  NOTEBOOK(
      20,
      Map.of(),
      new Publication(
          "",
          Map.of(),
          20,
          0,
          List.of(new Figure(PSNR, 14.172), new Figure(SSIM, 0.499)),
          "the experiment as recorded")),

  /** 784-400-20, grey Bernoulli. */
  PYTORCH_EXAMPLE(
      10,
      Map.of("latent", "20", "likelihood", "bernoulli"),
      new Publication(
          "",
          Map.of(),
          10,
          0,
          List.of(new Figure(NEGATIVE_ELBO, 105.6)),
          "pytorch/examples, vae: test loss")),

  /** 784-100-40. */
  BITS_BACK(
      20,
      Map.of(
          "hidden", "100",
          "latent", "40",
          "likelihood", "bernoulli",
          "binarize", "dynamic",
          "batch_size", "100"),
      new Publication(
          "",
          Map.of(),
          20,
          0,
          List.of(new Figure(BITS_PER_DIM, 0.19)),
          "Townsend, Bird and Barber, 2019")),

  /** 784-200-200-50. */
  IWAE_PAPER(
      20,
      Map.of(
          "hidden", "200,200",
          "latent", "50",
          "activation", "tanh",
          "likelihood", "bernoulli",
          "binarize", "dynamic",
          "batch_size", "20"),
      iwae("K = 1", Map.of(), 86.76),
      iwae("K = 50", Map.of("objective", "iwae", "samples", "50"), 84.78));

  private final int epochs;

  @SuppressWarnings("ImmutableEnumChecker") // Map.of makes maps that nobody can change
  private final Map<String, String> settings;

  @SuppressWarnings("ImmutableEnumChecker") // neither can List.of's lists be changed
  private final List<Publication> publications;

  Preset(int epochs, Map<String, String> settings, Publication... publications) {
    this.epochs = epochs;
    this.settings = settings;
    this.publications = List.of(publications);
  }

  private static Publication iwae(String name, Map<String, String> settings, double nats) {
    List<Figure> figures = List.of(new Figure(NEGATIVE_LOG_LIKELIHOOD, nats));
    return new Publication(name, settings, 3280, 5000, figures, "Burda et al., 2016");
  }

  /** Of a training, unless told otherwise. */
  public int epochs() {
    return epochs;
  }

  /** Texts by {@link SettingSpec#key}; what is missing has its default. */
  public Map<String, String> settings() {
    return settings;
  }

  /** What was published of these settings. */
  public List<Publication> publications() {
    return publications;
  }

  /** The settings of one of {@link #publications}. */
  public VaeConfig config(Publication of, long seed) {
    Map<String, String> texts = new HashMap<>(settings);
    texts.putAll(of.settings());
    texts.put("seed", Long.toString(seed));
    return VaeConfig.parse(texts::get);
  }
}
