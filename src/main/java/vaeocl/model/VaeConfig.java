package vaeocl.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;

/**
 * What defines a training run, apart from its data and device. A component with its {@link Setting}
 * is all that an option takes: the command line, config.json, models' metadata, --resume and the
 * report's command to repeat a run follow {@link #SETTINGS}.
 *
 * <p>A million units are far beyond any use, and far from overflowing a count of elements in a row.
 *
 * @param hidden widths of the hidden layers, from the images to z; the decoder has them in reverse
 * @param latent dimensions of z
 * @param activation behind every hidden layer
 * @param likelihood what the decoder's output says of a pixel
 * @param sigma standard deviation of a Gaussian likelihood; 0 where it follows from the data
 * @param batchSize images in a step
 * @param learningRate Adam's, at first
 * @param schedule what becomes of it
 * @param objective what is minimised
 * @param samples of z for each image, where they are weighed
 * @param beta weight of the KL divergence in the loss
 * @param klWarmup epochs over which beta rises from 0
 * @param klCycle epochs of a cycle in whose first half beta rises from 0; 0 for none
 * @param freeBits nats that the divergence of each sample and dimension counts at least
 * @param binarize whether pixels become 0 or 1 by chance
 * @param validation training images that are set aside
 * @param patience epochs without a better validation loss until training ends; 0 for ever
 * @param seed of the weights, the order of images and all noise
 */
public record VaeConfig(
    @Setting(
            label = "N[,N...]",
            initial = "400",
            from = 1,
            to = 1e6,
            net = true,
            help =
                "Widths of the encoder's hidden layers ({initial}); the decoder has them in"
                    + " reverse.")
        List<Integer> hidden,
    @Setting(
            label = "N",
            initial = "2",
            from = 1,
            to = 1e6,
            net = true,
            help = "Dimensions of the latent space ({initial}).")
        int latent,
    @Setting(
            label = "NAME",
            initial = "relu",
            net = true,
            help = "Activation of the hidden layers: {values} ({initial}).")
        Activation activation,
    @Setting(
            label = "NAME",
            initial = "mse",
            help = "What the decoder's output says of a pixel: {values} ({initial}).")
        Likelihood likelihood,
    @Setting(
            label = "X",
            initial = "0",
            from = 0,
            help =
                "Standard deviation of --likelihood gaussian; 0 takes the root of the epoch"
                    + " before's mean squared error ({initial}).")
        double sigma,
    @Setting(
            label = "N",
            initial = "128",
            from = 1,
            to = Integer.MAX_VALUE,
            kept = false,
            help = "Images in a step ({initial}).")
        int batchSize,
    @Setting(
            label = "X",
            initial = "1e-3",
            from = 0,
            above = true,
            kept = false,
            help = "Adam's learning rate ({initial}).")
        double learningRate,
    @Setting(
            label = "NAME",
            initial = "constant",
            kept = false,
            help = "The learning rate over the run: {values}, which ends at 0 ({initial}).")
        Schedule schedule,
    @Setting(
            label = "NAME",
            initial = "vae",
            kept = false,
            help =
                "What is minimised: {values}; iwae weighs several samples, ae takes z = mu and no"
                    + " KL ({initial}).")
        Objective objective,
    @Setting(
            label = "N",
            initial = "1",
            from = 1,
            to = 1e4,
            kept = false,
            help = "Samples of z for each image in --objective iwae ({initial}).")
        int samples,
    @Setting(
            label = "X",
            initial = "1",
            from = 0,
            help = "Weight of the KL divergence in the loss ({initial}).")
        double beta,
    @Setting(
            label = "EPOCHS",
            initial = "0",
            from = 0,
            to = 1e6,
            kept = false,
            help = "Epochs over which beta rises linearly from 0 ({initial}).")
        int klWarmup,
    @Setting(
            label = "EPOCHS",
            initial = "0",
            from = 0,
            to = 1e6,
            kept = false,
            help =
                "Length of a cycle in whose first half beta rises linearly from 0, again and again"
                    + " ({initial}).")
        int klCycle,
    @Setting(
            label = "NATS",
            initial = "0",
            from = 0,
            kept = false,
            help = "Least that the KL of a sample in a dimension counts ({initial}).")
        double freeBits,
    @Setting(
            label = "NAME",
            initial = "none",
            help =
                "Make pixels 0 or 1 by chance: {values}; fixed once, dynamic anew in every epoch"
                    + " ({initial}).")
        Binarize binarize,
    @Setting(
            label = "N",
            initial = "0",
            from = 0,
            to = Integer.MAX_VALUE,
            kept = false,
            help = "Training images set aside to validate with after every epoch ({initial}).")
        int validation,
    @Setting(
            label = "EPOCHS",
            initial = "0",
            from = 0,
            to = 1e6,
            kept = false,
            help =
                "End after so many epochs without a better validation loss; 0 never does"
                    + " ({initial}).")
        int patience,
    @Setting(
            label = "N",
            initial = "1",
            help =
                "Seed of weights, order and noise ({initial}); the same seed gives the same model"
                    + " on the same device.")
        long seed) {
  /** All settings, in this record's order. */
  public static final List<SettingSpec> SETTINGS = SettingSpec.of(VaeConfig.class);

  /** The experiment's. */
  public static final VaeConfig DEFAULT = parse(key -> null);

  public VaeConfig {
    hidden = List.copyOf(hidden);
    Object[] values = {
      hidden,
      latent,
      activation,
      likelihood,
      sigma,
      batchSize,
      learningRate,
      schedule,
      objective,
      samples,
      beta,
      klWarmup,
      klCycle,
      freeBits,
      binarize,
      validation,
      patience,
      seed
    };
    if (values.length != SETTINGS.size()) {
      throw new AssertionError("VaeConfig does not check all of its settings");
    }
    for (int i = 0; i < values.length; i++) {
      SETTINGS.get(i).check(values[i]);
    }
  }

  /**
   * Settings from their texts.
   *
   * @param texts by {@link SettingSpec#key}; null where the default holds
   * @throws IllegalArgumentException if a value is not allowed; the message names its key
   */
  public static VaeConfig parse(Function<String, String> texts) {
    Object[] values = new Object[SETTINGS.size()];
    for (int i = 0; i < values.length; i++) {
      SettingSpec setting = SETTINGS.get(i);
      String text = texts.apply(setting.key());
      try {
        values[i] = text == null ? setting.initial() : setting.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(setting.key() + ": " + e.getMessage(), e);
      }
    }
    return of(values);
  }

  /** All values by {@link SettingSpec#key}, in this record's order. */
  public Map<String, Object> values() {
    return SettingSpec.values(SETTINGS, this);
  }

  /** The same with other values, by {@link SettingSpec#key}. */
  public VaeConfig with(Map<String, ?> others) {
    Map<String, Object> values = values();
    values.putAll(others);
    return of(values.values().toArray());
  }

  private static VaeConfig of(Object[] values) {
    return SettingSpec.construct(VaeConfig.class, values);
  }
}
