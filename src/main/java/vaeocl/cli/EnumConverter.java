package vaeocl.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Enum values of any case, in any locale. Picocli's own matching upper-cases with the default
 * locale, where Turkish makes "I" and "i" different letters. A hyphen stands for an underscore.
 */
record EnumConverter(Class<?> type) implements ITypeConverter<Object> {

  /** Gives every enum option and parameter of a command and its subcommands this converter. */
  static void register(CommandLine command) {
    register(command, command.getCommandSpec());
  }

  private static void register(CommandLine command, CommandSpec spec) {
    for (ArgSpec arg : spec.args()) {
      for (Class<?> type : arg.auxiliaryTypes()) {
        if (type.isEnum()) {
          put(command, type);
        }
      }
      if (arg.type().isEnum()) {
        put(command, arg.type());
      }
    }
    spec.subcommands().values().forEach(sub -> register(command, sub.getCommandSpec()));
  }

  @SuppressWarnings("unchecked") // an enum's own constants are what the converter returns
  private static void put(CommandLine command, Class<?> type) {
    command.registerConverter((Class<Object>) type, new EnumConverter(type));
  }

  @Override
  public Object convert(String value) {
    String wanted = fold(value);
    Optional<?> match =
        Arrays.stream(type.getEnumConstants())
            .filter(c -> fold(((Enum<?>) c).name()).equals(wanted))
            .findFirst();
    if (match.isPresent()) {
      return match.get();
    }
    throw new TypeConversionException(
        "expected one of "
            + Arrays.stream(type.getEnumConstants())
                .map(c -> fold(((Enum<?>) c).name()))
                .collect(Collectors.joining(", "))
            + " but was '"
            + value
            + "'");
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
