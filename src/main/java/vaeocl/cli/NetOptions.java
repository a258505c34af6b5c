package vaeocl.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import vaeocl.formats.FormatException;
import vaeocl.model.Preset;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingRules;
import vaeocl.model.SettingSpec;
import vaeocl.model.TextValue;
import vaeocl.model.VaeConfig;
import vaeocl.train.SettingsFile;

/** What defines a new net and its training: an option for each of {@link VaeConfig#SETTINGS}. */
final class NetOptions {
  private static final String EPOCHS = "epochs";

  private final Map<SettingSpec, OptionSpec> options = new LinkedHashMap<>();

  /** What options are given on top of. */
  private static final class Base {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        description =
            "Begin with published settings: notebook, pytorch-example, bits-back, iwae-paper"
                + " (notebook); options change them.")
    private Preset preset;

    @Option(
        names = "--settings",
        paramLabel = "FILE",
        description =
            "Begin with the settings of a JSON file, such as a run's config.json; options change"
                + " them.")
    private Path settings;
  }

  @ArgGroup(exclusive = true)
  private Base base = new Base();

  /** Called by picocli with the mixin that this object is. */
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void addTo(CommandSpec mixin) {
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      OptionSpec option =
          OptionSpec.builder(setting.option())
              .type(Object.class)
              .paramLabel(setting.setting().label())
              .description(setting.help())
              .converters(text -> value(setting, text))
              .build();
      options.put(setting, option);
      mixin.addOption(option);
    }
  }

  private static Object value(SettingSpec setting, String text) {
    try {
      return setting.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Epochs that the preset or the settings file names, or the experiment's. */
  int epochs() throws FormatException {
    String text = begun().getOrDefault(EPOCHS, Integer.toString(Preset.NOTEBOOK.epochs()));
    try {
      int epochs = (Integer) TextValue.parse(int.class, text);
      if (epochs >= 1) {
        return epochs;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new FormatException(base.settings, "epochs must be at least 1, not " + text);
  }

  /** A setting as it was begun with, or null. */
  private Object begun(SettingSpec setting, String text) throws FormatException {
    try {
      return text == null ? null : setting.parse(text);
    } catch (IllegalArgumentException e) {
      throw new FormatException(base.settings, setting.key() + ": " + e.getMessage(), e);
    }
  }

  private Map<String, String> begun() throws FormatException {
    if (base.settings != null) {
      return SettingsFile.read(base.settings);
    }
    Preset preset = base.preset == null ? Preset.NOTEBOOK : base.preset;
    Map<String, String> settings = new HashMap<>(preset.settings());
    settings.put(EPOCHS, Integer.toString(preset.epochs()));
    return settings;
  }

  /**
   * The net and its training.
   *
   * @param initial the model of {@code --init-from}, which decides what its weights belong to, or
   *     null
   * @param initFrom its file
   * @throws UserError if an option says something else than that model
   */
  VaeConfig config(SavedModel initial, Path initFrom) throws FormatException {
    Map<String, String> begun = begun();
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<SettingSpec, OptionSpec> e : options.entrySet()) {
      SettingSpec setting = e.getKey();
      Object option = e.getValue().getValue();
      Object given = option == null ? begun(setting, begun.get(setting.key())) : option;
      Object there =
          initial != null && setting.setting().net()
              ? initial.config().values().get(setting.key())
              : null;
      if (given != null && there != null && !given.equals(there)) {
        throw new UserError(
            "%s %s does not fit %s, whose net has %s"
                .formatted(setting.option(), setting.print(given), initFrom, setting.print(there)));
      }
      if (given != null || there != null) {
        values.put(setting.key(), given != null ? given : there);
      }
    }
    VaeConfig config = VaeConfig.DEFAULT.with(values);
    SettingRules.problem(config, SettingSpec::option)
        .ifPresent(
            problem -> {
              throw new UserError(problem);
            });
    return config;
  }

  /**
   * @throws UserError if so many training images are not a batch
   */
  static void requireBatch(VaeConfig config, int images) {
    if (config.batchSize() > images - config.validation()) {
      String aside = config.validation() > 0 ? " less --validation " + config.validation() : "";
      throw new UserError(
          "--batch-size %d is larger than the training set of %d images%s"
              .formatted(config.batchSize(), images, aside));
    }
  }
}
