package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;
import vaeocl.sweep.Axis;

/** The options of 'train', for a sweep that gives them. */
final class TrainOptions {
  /** What a sweep says itself, or what many trainings cannot have. */
  private static final Set<String> OWN =
      Set.of(
          "--out", "--resume", TrainCommand.WATCH, TrainCommand.NO_REPORT, "--help", "--verbose");

  private TrainOptions() {}

  /** All that a sweep takes. */
  static List<OptionSpec> all() {
    return new CommandLine(new TrainCommand())
        .getCommandSpec().options().stream()
            .filter(option -> !OWN.contains(option.longestName()))
            .toList();
  }

  /**
   * An option with the values that a user gave it; paths become absolute ones.
   *
   * @throws UserError if they are none
   */
  static Axis axis(OptionSpec train, List<String> texts) {
    List<String> given = texts;
    if (train.type() == Path.class) {
      given =
          texts.stream()
              .map(text -> PathConverter.path(text).toAbsolutePath().normalize().toString())
              .toList();
    }
    try {
      return Axis.of(train.longestName(), given, notation(train));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** How several values of an option are written together. */
  private static Axis.Notation notation(OptionSpec option) {
    Optional<SettingSpec> setting =
        VaeConfig.SETTINGS.stream().filter(s -> s.option().equals(option.longestName())).findAny();
    Class<?> type = setting.<Class<?>>map(SettingSpec::type).orElse(option.type());
    if (setting.map(SettingSpec::list).orElse(false)) {
      return Axis.Notation.SINGLE;
    }
    if (type == int.class || type == long.class || type == Integer.class) {
      return Axis.Notation.RANGES;
    }
    boolean list = type == double.class || type == Double.class || type.isEnum();
    return list ? Axis.Notation.LIST : Axis.Notation.SINGLE;
  }

  /**
   * A training by its options.
   *
   * @throws UserError if they are no training's
   */
  static TrainCommand parse(List<String> words, PrintWriter out, PrintWriter err)
      throws IOException {
    TrainCommand command = new TrainCommand();
    try {
      Arguments.check(InnerCommand.parse(command, words, out, err));
      command.check();
      return command;
    } catch (ParameterException e) {
      throw new UserError(Cli.explain(e), e);
    }
  }
}
