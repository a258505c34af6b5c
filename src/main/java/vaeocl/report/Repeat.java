package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
          Map.entry("--init-from", "init_from"),
          Map.entry("--device", "device.name"),
          Map.entry("--tiling", "tiling.kind"));

  private Repeat() {}

  /** The command in one line, safe to paste, its words grouped as options with their values. */
  static List<String> command(Settings settings) {
    List<String> groups = new ArrayList<>(List.of("java -jar vae-ocl.jar train"));
    String name = settings.text("dataset.name");
    boolean drawn = name.equals("digits");
    add(groups, "--dataset", drawn ? name : "");
    add(groups, "--data", drawn ? "" : settings.text("dataset.source"));
    for (Map.Entry<String, String> option : OPTIONS) {
      add(groups, option.getKey(), settings.text(option.getValue()));
    }
    String kernels = settings.text("tiling.kernels");
    add(groups, "--kernels", kernels.equals("packed") ? "" : kernels);
    return groups;
  }

  private static void add(List<String> groups, String option, String value) {
    if (!value.isEmpty()) {
      // A value that begins with a dash would be taken for an option.
      groups.add(option + (value.startsWith("-") ? "=" : " ") + quoted(value));
    }
  }

  private static String quoted(String word) {
    String line = FormatException.oneLine(word);
    return PLAIN.matcher(line).matches() ? line : "'" + line.replace("'", "'\\''") + "'";
  }
}
