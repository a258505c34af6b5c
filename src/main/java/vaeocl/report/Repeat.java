package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vaeocl.formats.FormatException;

/** The command that repeats a run, for a POSIX shell. */
final class Repeat {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** Options, and where config.json keeps their values. */
  private static final List<Map.Entry<String, String>> OPTIONS =
      List.of(
          Map.entry("--epochs", "epochs"),
          Map.entry("--batch-size", "batch_size"),
          Map.entry("--learning-rate", "learning_rate"),
          Map.entry("--beta", "beta"),
          Map.entry("--latent", "latent"),
          Map.entry("--hidden", "hidden"),
          Map.entry("--seed", "seed"),
          Map.entry("--device", "device.name"),
          Map.entry("--tiling", "tiling.kind"));

  private Repeat() {}

  /**
   * The command in one line, safe to paste: from "command" in the configuration where it is there,
   * a list of words, else from the options' values.
   */
  static String command(Settings settings) {
    List<String> words = new ArrayList<>(settings.command());
    if (words.isEmpty()) {
      words.addAll(List.of("java", "-jar", "vae-ocl.jar", "train"));
      data(settings, words);
      for (Map.Entry<String, String> option : OPTIONS) {
        add(words, option.getKey(), settings.text(option.getValue()));
      }
      String kernels = settings.text("tiling.kernels");
      add(words, "--kernels", kernels.equals("packed") ? "" : kernels);
    }
    return words.stream().map(Repeat::quoted).collect(Collectors.joining(" "));
  }

  private static void data(Settings settings, List<String> words) {
    String name = settings.text("dataset.name");
    if (name.equals("digits")) {
      add(words, "--dataset", name);
    } else {
      add(words, "--data", settings.text("dataset.source"));
    }
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isEmpty()) {
      // A value that begins with a dash would be taken for an option.
      boolean joined = value.startsWith("-");
      words.addAll(joined ? List.of(option + "=" + value) : List.of(option, value));
    }
  }

  private static String quoted(String word) {
    String line = FormatException.oneLine(word);
    return PLAIN.matcher(line).matches() ? line : "'" + line.replace("'", "'\\''") + "'";
  }
}
