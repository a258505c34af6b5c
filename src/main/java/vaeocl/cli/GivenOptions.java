package vaeocl.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a command line as they were given, for another command that takes the same. */
final class GivenOptions {
  private GivenOptions() {}

  /** The words of those among some options that were given. */
  static List<String> of(CommandSpec command, List<String> names) {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      if (command.commandLine().getParseResult().hasMatchedOption(name)) {
        OptionSpec option = command.findOption(name);
        words.add(name);
        if (option.arity().max() > 0) {
          words.addAll(option.originalStringValues());
        }
      }
    }
    return words;
  }
}
