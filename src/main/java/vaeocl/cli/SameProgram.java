package vaeocl.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program in another process: what a driver does there, this one survives. */
final class SameProgram {
  private SameProgram() {}

  /**
   * The command, with this same Java and its options.
   *
   * @param arguments as they are, none of them a file of arguments
   */
  static List<String> command(List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "vaeocl.Main"));
    arguments.stream().map(word -> word.startsWith("@") ? "@" + word : word).forEach(words::add);
    return words;
  }
}
