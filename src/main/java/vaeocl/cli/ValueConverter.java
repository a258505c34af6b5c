package vaeocl.cli;

import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;
import vaeocl.model.TextValue;

/** Numbers and enums of the whole command line, as {@link TextValue} reads them. */
record ValueConverter(Class<?> type) implements ITypeConverter<Object> {

  /** Gives every numeric or enum option and parameter of a command and those below it its own. */
  static void register(CommandLine command) {
    command.registerConverter(Path.class, new PathConverter());
    register(command, command.getCommandSpec());
  }

  private static void register(CommandLine command, CommandSpec spec) {
    for (ArgSpec arg : spec.args()) {
      Stream.concat(Stream.of(arg.type()), Stream.of(arg.auxiliaryTypes()))
          .filter(TextValue::knows)
          .forEach(type -> put(command, type));
    }
    spec.subcommands().values().forEach(sub -> register(command, sub.getCommandSpec()));
  }

  @SuppressWarnings("unchecked") // values of the type are what the converter returns
  private static void put(CommandLine command, Class<?> type) {
    command.registerConverter((Class<Object>) type, new ValueConverter(type));
  }

  @Override
  public Object convert(String value) {
    try {
      return TextValue.parse(type, value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
