package vaeocl.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingRules;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;

/** What defines a new net and its training: an option for each of {@link VaeConfig#SETTINGS}. */
final class NetOptions {
  private final Map<SettingSpec, OptionSpec> options = new LinkedHashMap<>();

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

  /**
   * The net and its training.
   *
   * @param initial the model of {@code --init-from}, which decides what its weights belong to, or
   *     null
   * @param initFrom its file
   * @throws UserError if an option says something else than that model
   */
  VaeConfig config(SavedModel initial, Path initFrom) {
    Map<String, Object> values = new HashMap<>();
    options.forEach(
        (setting, option) -> {
          Object given = option.getValue();
          Object there =
              initial != null && setting.setting().net()
                  ? initial.config().values().get(setting.key())
                  : null;
          if (given != null && there != null && !given.equals(there)) {
            throw new UserError(
                "%s %s does not fit %s, whose net has %s"
                    .formatted(
                        setting.option(), setting.print(given), initFrom, setting.print(there)));
          }
          if (given != null || there != null) {
            values.put(setting.key(), given != null ? given : there);
          }
        });
    VaeConfig config = VaeConfig.DEFAULT.with(values);
    SettingRules.problem(config, SettingSpec::option)
        .ifPresent(
            problem -> {
              throw new UserError(problem);
            });
    return config;
  }
}
