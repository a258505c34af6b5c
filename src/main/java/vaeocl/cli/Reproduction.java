package vaeocl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vaeocl.model.Preset;
import vaeocl.model.Publication;
import vaeocl.model.SettingSpec;
import vaeocl.model.TextValue;
import vaeocl.model.VaeConfig;
import vaeocl.train.Checkpoint;
import vaeocl.train.RunFolder;

/**
 * One training of published settings, in a folder of its own: {@code train}, {@code train --resume}
 * and {@code eval} with the right words.
 *
 * @param epochs that it is to have
 * @param folder of the run
 */
record Reproduction(Preset preset, Publication publication, long seed, int epochs, Path folder) {
  /**
   * Options as the user gave them.
   *
   * @param images which to read, and how
   * @param device where to compute
   * @param kernels by which kernels a training begins, and evaluations are made
   * @param tuned for a training that begins
   */
  record Options(
      List<String> images, List<String> device, List<String> kernels, List<String> tuned) {}

  /**
   * What came of it.
   *
   * @param values as {@code eval --json} has them
   * @param seconds of training
   */
  record Outcome(JsonNode values, double seconds) {}

  /**
   * @param all folder of the runs' folders
   */
  static Reproduction of(Preset preset, Publication publication, long seed, int epochs, Path all) {
    String name = setting(preset, publication).replaceAll("[^A-Za-z0-9]+", "-");
    Path folder = all.resolve(name.toLowerCase(Locale.ROOT) + "-seed" + seed);
    return new Reproduction(preset, publication, seed, epochs, folder);
  }

  /** The settings' name: "iwae-paper, K = 50". */
  static String setting(Preset preset, Publication publication) {
    String name = publication.name();
    return TextValue.print(preset) + (name.isEmpty() ? "" : ", " + name);
  }

  /** Its name: "iwae-paper, K = 50, seed 1". */
  String title() {
    return setting(preset, publication) + ", seed " + seed;
  }

  VaeConfig config() {
    return preset.config(publication, seed);
  }

  private boolean begun() {
    return RunFolder.holdsRun(folder);
  }

  /**
   * Epochs that are finished.
   *
   * @param data images that the user names
   * @throws UserError if the folder holds another training, or one with other images
   */
  int done(DataOption data, PrintWriter err) throws IOException {
    if (begun() && data.given()) {
      RunImages.of(checkpoint().config().dataset()).same(data, err);
    }
    int done = done();
    if (done > epochs) {
      throw new UserError(
          "%s has %d epochs already, not %d: name another --out, or --epochs %d"
              .formatted(folder, done, epochs, done));
    }
    return done;
  }

  private int done() throws IOException {
    return begun() ? checkpoint().position().epoch() : 0;
  }

  private Checkpoint checkpoint() throws IOException {
    Checkpoint found = RunFolder.open(folder).checkpoint();
    if (!found.config().vae().equals(config()) || !found.config().initFrom().isEmpty()) {
      throw new UserError(
          folder + " holds another training than " + title() + ": name another --out");
    }
    return found;
  }

  /**
   * Trains what is not trained yet.
   *
   * @return the exit status
   */
  int train(Options options, PrintWriter out, PrintWriter err) throws IOException {
    if (done() == epochs) {
      say(out, "Trained already: " + folder);
      return Cli.OK;
    }
    List<String> words = new ArrayList<>(options.device());
    if (begun()) {
      words.addAll(options.images());
      words.addAll(List.of("--resume", folder.toString()));
    } else {
      List<String> mnist = List.of("--dataset", "mnist"); // and no drawn digits in its place
      words.addAll(options.images().isEmpty() ? mnist : options.images());
      words.addAll(options.kernels());
      words.addAll(options.tuned());
      words.addAll(settings());
      words.addAll(List.of("--out", folder.toString()));
    }
    words.addAll(List.of("--epochs", Integer.toString(epochs), "--no-report"));
    int status = InnerCommand.run(new TrainCommand(), words, out, err);
    if (status != Cli.OK) {
      say(out, "Or with all of it: the same command again");
    }
    return status;
  }

  private List<String> settings() {
    List<String> words = new ArrayList<>(List.of("--preset", TextValue.print(preset)));
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      String text = publication.settings().get(setting.key());
      if (text != null) {
        words.addAll(List.of(setting.option(), text));
      }
    }
    words.addAll(List.of("--seed", Long.toString(seed)));
    return words;
  }

  /** Evaluates what was trained, on the run's images. */
  Outcome evaluate(Options options, PrintWriter err) throws IOException {
    List<String> words = new ArrayList<>(options.images());
    words.addAll(options.device());
    words.addAll(options.kernels());
    words.addAll(List.of(folder.toString(), "--json"));
    if (publication.samples() > 0) {
      words.addAll(List.of("--iwae-samples", Integer.toString(publication.samples())));
    }
    StringWriter text = new StringWriter();
    InnerCommand.run(new EvalCommand(), words, new PrintWriter(text), err);
    double seconds =
        RunFolder.open(folder).metrics().stream().mapToDouble(e -> e.training().seconds()).sum();
    return new Outcome(new ObjectMapper().readTree(text.toString()), seconds);
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
