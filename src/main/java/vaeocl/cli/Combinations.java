package vaeocl.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.ParseResult;

/** Which options mean something only beside others, for each command. */
final class Combinations {
  /**
   * Options that need others.
   *
   * @param options of which each is meant
   * @param useful whether they mean something on a command line
   * @param why what they are there for
   */
  private record Rule(List<String> options, Predicate<ParseResult> useful, String why) {
    Optional<String> broken(ParseResult given) {
      return options.stream()
          .filter(option -> given.hasMatchedOption(option) && !useful.test(given))
          .findFirst()
          .map(option -> option + " " + why);
    }
  }

  private static final Map<String, List<Rule>> RULES =
      Map.of(
          "generate",
          List.of(
              new Rule(
                  List.of("--steps", "--data", "--dataset", "--key", "--size", "--test-share"),
                  Combinations::between,
                  "is for --between and --between-table alone"),
              new Rule(
                  List.of("--seed"),
                  given -> !between(given) && !given.hasMatchedOption("--grid"),
                  "is for --count, whose points are drawn")),
          "reconstruct",
          List.of(
              new Rule(
                  List.of("--seed"),
                  given -> "sampled".equals(text(given, "--z")),
                  "is for --z sampled alone: from mu, nothing is drawn")),
          "encode",
          List.of(never("--seed", "mu and logvar have no noise")),
          "decode",
          List.of(never("--seed", "decoding has no noise")),
          "export",
          List.of(never("--seed", "nothing is drawn")));

  private Combinations() {}

  private static Rule never(String option, String why) {
    return new Rule(List.of(option), given -> false, "means nothing here: " + why);
  }

  private static boolean between(ParseResult given) {
    return given.hasMatchedOption("--between") || given.hasMatchedOption("--between-table");
  }

  private static String text(ParseResult given, String option) {
    return given.hasMatchedOption(option)
        ? given.matchedOption(option).originalStringValues().get(0).toLowerCase(Locale.ROOT)
        : "";
  }

  /** What is wrong with a command line, if anything is. */
  static Optional<String> problem(ParseResult given) {
    return RULES.getOrDefault(given.commandSpec().name(), List.of()).stream()
        .flatMap(rule -> rule.broken(given).stream())
        .findFirst();
  }
}
