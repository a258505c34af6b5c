package vaeocl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.formats.TextFile;
import vaeocl.report.DevicePage;

/** {@code vae-ocl device-report}: all there is to say of a device, in two files to be posted. */
@Command(
    name = "device-report",
    description =
        "Check, measure and tune this device, train on it, and leave all of it in"
            + " device-report.json and device-report.html. Leave the machine idle meanwhile.",
    sortOptions = false)
@SuppressWarnings("UnusedVariable") // options that are handed on as they were given
final class DeviceReportCommand implements Callable<Integer> {
  private static final String NAME = "device-report";

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for both files (the current one).")
  private Path out;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Epochs of the training (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--skip",
      paramLabel = "PART",
      split = ",",
      description = "Leave out parts: check, bench, tune, profile, train.")
  private Set<String> skipped = Set.of();

  @Option(
      names = "--give-up",
      paramLabel = "MINUTES",
      defaultValue = "60",
      description = "How long a part may take (${DEFAULT-VALUE}).")
  private int giveUp;

  /**
   * A command to be run.
   *
   * @param name of the part
   * @param options it takes: those of the device, and of the data too
   * @param own its own arguments
   */
  private record Part(String name, List<String> own, List<String> options) {
    String command() {
      return own.get(0);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (epochs < 1 || giveUp < 1) {
      throw new UserError("--epochs and --give-up must be at least 1");
    }
    OutputFile.requireFolder("--out", out);
    DeviceReport report = new DeviceReport();
    Path folder = Files.createTempDirectory("vae-ocl-report");
    try {
      List<Part> parts = parts(folder);
      requireParts(parts);
      for (Part part : parts) {
        if (!skipped.contains(part.command())) {
          run(part, folder, report);
        }
      }
    } finally {
      delete(folder);
    }
    Files.createDirectories(out);
    Path json = out.resolve(NAME + ".json");
    Path html = out.resolve(NAME + ".html");
    TextFile.write(json, report.text());
    TextFile.write(html, DevicePage.of(report.tree()));
    say("Report: " + json);
    say("Report: " + html);
    if (!report.failed().isEmpty()) {
      throw new RunFailure(
          "failed, as the report says: " + String.join(", ", report.failed()), null);
    }
    return Cli.OK;
  }

  /** In the order in which they run. What a device does wrong at once comes first. */
  private List<Part> parts(Path folder) {
    List<String> on = GivenOptions.of(spec, List.of("--device", "--tiling", "--kernels"));
    List<String> with = new ArrayList<>(on);
    with.addAll(GivenOptions.of(spec, List.of("--data", "--dataset")));
    String run = folder.resolve("train").toString();
    List<String> train = List.of("train", "--epochs", "" + epochs, "--no-report", "--out", run);
    return List.of(
        new Part("devices", List.of("devices"), List.of()),
        new Part("self-test", List.of("self-test"), with),
        new Part("check", List.of("check"), on),
        new Part("bench", List.of("bench", "--untuned", "--json", json(folder, "bench")), with),
        new Part("tune", List.of("tune"), with),
        new Part("bench tuned", List.of("bench", "--json", json(folder, "bench tuned")), with),
        new Part("profile", List.of("profile", "--json", json(folder, "profile")), with),
        new Part("train", train, with));
  }

  private static String json(Path folder, String name) {
    return folder.resolve(name + ".json").toString();
  }

  private void requireParts(List<Part> parts) {
    for (String name : skipped) {
      if (name.equals("devices") || parts.stream().noneMatch(p -> p.command().equals(name))) {
        throw new UserError("--skip " + name + ": there is no such part to be left out");
      }
    }
  }

  private void run(Part part, Path folder, DeviceReport report) {
    List<String> words = new ArrayList<>(part.own());
    words.addAll(part.options());
    try {
      ReportedPart done = ReportedPart.run(part.name(), words, folder, Duration.ofMinutes(giveUp));
      Path file = Path.of(json(folder, part.name()));
      report.add(done, part.command().equals("train") ? folder.resolve("train") : file);
      String outcome = done.problem().isEmpty() ? "done" : done.problem();
      say(String.format(Locale.ROOT, "%s: %s, %.0f s", part.name(), outcome, done.seconds()));
      if (part.command().equals("devices") && done.problem().isEmpty()) {
        report.device(device.select());
      }
    } catch (IOException | RuntimeException e) {
      report.add(part.name(), e);
      say(part.name() + ": " + Failure.of(e).message());
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left is in the system's folder for what is left.
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
