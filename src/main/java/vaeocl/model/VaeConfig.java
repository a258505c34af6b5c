package vaeocl.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vaeocl.ops.Activation;

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
 * @param batchSize images in a step
 * @param learningRate Adam's
 * @param beta weight of the KL divergence in the loss
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
            label = "X",
            initial = "1",
            from = 0,
            help = "Weight of the KL divergence in the loss ({initial}).")
        double beta,
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
    check(hidden, latent, activation, batchSize, learningRate, beta, seed);
  }

  private static void check(Object... values) {
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
    Map<String, Object> values = new LinkedHashMap<>();
    RecordComponent[] components = VaeConfig.class.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      try {
        values.put(SETTINGS.get(i).key(), components[i].getAccessor().invoke(this));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e); // accessors of a public record only return
      }
    }
    return values;
  }

  /** The same with other values, by {@link SettingSpec#key}. */
  public VaeConfig with(Map<String, ?> others) {
    Map<String, Object> values = values();
    values.putAll(others);
    return of(values.values().toArray());
  }

  private static VaeConfig of(Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(VaeConfig.class.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<VaeConfig> canonical = VaeConfig.class.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // every record has its canonical constructor
    }
  }
}
