package vaeocl.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is checked of a whole command line, whichever command it is for. */
final class Arguments {
  private Arguments() {}

  private static final Pattern VALUELESS = Pattern.compile("(--?[A-Za-z][A-Za-z-]*)=\\s*");
  private static final String EMPTY = " is empty: is a variable of the shell unset?";

  /**
   * Checks what is to be parsed: an option without a value, as {@code --out=$UNSET} gives it.
   *
   * @throws UserError if there is one
   */
  static String[] checked(String[] words) {
    for (String word : words) {
      Matcher option = VALUELESS.matcher(word);
      if (option.matches()) {
        throw new UserError(option.group(1) + EMPTY);
      }
    }
    return words;
  }

  /**
   * Checks what was parsed.
   *
   * @throws ParameterException if it cannot be meant
   */
  static void check(ParseResult all) {
    ParseResult given = all;
    while (given.hasSubcommand()) {
      if (given.isUsageHelpRequested()) {
        return;
      }
      given = given.subcommand();
    }
    if (given.isUsageHelpRequested() || given.isVersionHelpRequested()) {
      return;
    }
    CommandLine command = given.commandSpec().commandLine();
    Optional<String> problem = empty(given).or(() -> combination(all)).or(() -> place(all));
    if (problem.isPresent()) {
      throw new ParameterException(command, problem.get());
    }
  }

  private static Optional<String> combination(ParseResult all) {
    return Combinations.problem(leaf(all));
  }

  private static ParseResult leaf(ParseResult all) {
    return all.hasSubcommand() ? leaf(all.subcommand()) : all;
  }

  /** An unset variable of a shell leaves an empty argument, which no option and no file is. */
  private static Optional<String> empty(ParseResult given) {
    return given.matchedArgs().stream()
        .filter(arg -> arg.originalStringValues().stream().anyMatch(String::isBlank))
        .findFirst()
        .map(arg -> name(arg) + EMPTY);
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option
        ? option.longestName()
        : "the argument " + arg.paramLabel();
  }

  /** Java cannot find what lies below a folder whose name its encoding has not. */
  private static Optional<String> place(ParseResult all) {
    String here = System.getProperty("user.dir");
    if (PathConverter.usable(here)) {
      return Optional.empty();
    }
    ParseResult given = leaf(all);
    boolean relative =
        given.matchedArgs().stream()
            .flatMap(arg -> arg.typedValues().stream())
            .anyMatch(value -> value instanceof Path path && !path.isAbsolute());
    boolean writes =
        given.commandSpec().findOption("--out") != null
            && !given.hasMatchedOption("--out")
            && !given.hasMatchedOption("--resume");
    return relative || writes
        ? Optional.of("the current folder " + PathConverter.problem(here))
        : Optional.empty();
  }
}
