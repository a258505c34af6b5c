package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vaeocl.formats.ShellLine;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;

/** The command that repeats a run, for a POSIX shell. */
final class Repeat {
  /** Sets that only their name tells how to read. */
  private static final Set<String> BY_NAME = Set.of("kmnist", "emnist-digits", "emnist-letters");

  private Repeat() {}

  /** The command in one line, safe to paste, its words grouped as options with their values. */
  static List<String> command(Settings settings) {
    List<String> groups = new ArrayList<>(List.of(ShellLine.program() + " train"));
    String name = settings.text("dataset.name");
    boolean drawn = name.equals("digits");
    add(groups, "--dataset", drawn || BY_NAME.contains(name) ? name : "");
    add(groups, "--data", drawn ? "" : settings.text("dataset.source"));
    for (String option : List.of("key", "size", "test-share")) {
      add(groups, "--" + option, settings.text("dataset.reading." + option));
    }
    if (settings.text("dataset.reading.invert").equals("true")) {
      groups.add("--invert");
    }
    add(groups, "--epochs", settings.text("epochs"));
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      add(groups, setting.option(), settings.text(setting.key()));
    }
    add(groups, "--init-from", settings.text("init_from"));
    String device = settings.text("device.option"); // where a name is not enough
    add(groups, "--device", device.isEmpty() ? settings.text("device.name") : device);
    add(groups, "--tiling", settings.text("tiling.kind"));
    String kernels = settings.text("tiling.kernels");
    add(groups, "--kernels", kernels.equals("packed") ? "" : kernels);
    return groups;
  }

  private static void add(List<String> groups, String option, String value) {
    if (!value.isEmpty()) {
      // A value that begins with a dash would be taken for an option.
      groups.add(option + (value.startsWith("-") ? "=" : " ") + ShellLine.quoted(value));
    }
  }
}
