package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Model;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.SavedModel;
import vaeocl.train.ImagesOfRun;
import vaeocl.train.RunFolder;

/** The model that a command works with: a run's folder or a file. */
final class ModelArgument {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Folder of a run, or a .safetensors file of this program or of PyTorch.")
  private Path model;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the noise (the one it was trained with).")
  private Long seed;

  /**
   * Reads the model.
   *
   * @throws FormatException if there is none, it is damaged, or not of the run in whose folder it
   *     is
   */
  SavedModel load() throws IOException {
    SavedModel found = read(model, spec.commandLine().getErr());
    return seed == null ? found : found.withSeed(seed);
  }

  /** Reads a run's model, or a file; what is wrong with the run's configuration is said. */
  static SavedModel read(Path model, PrintWriter err) throws IOException {
    Path file = file(model);
    if (!Files.isDirectory(model)) {
      return SavedModel.read(file);
    }
    RunFolder run = RunFolder.open(model);
    SavedModel found = run.savedModel();
    run.edited().ifPresent(edited -> err.println("vae-ocl: warning: " + edited));
    err.flush();
    return found;
  }

  /** The images that the model was trained with, or others that the user names. */
  Dataset dataset(SavedModel loaded, DataOption option, PrintWriter err) throws IOException {
    Optional<ImagesOfRun> ofRun =
        Files.isDirectory(model) ? RunFolder.open(model).images() : Optional.empty();
    return ofRun.map(RunImages::of).orElse(RunImages.of(loaded)).sameOrNamed(option, err);
  }

  /** The run whose folder was named; null where it was a file. */
  RunFolder run() throws FormatException {
    return Files.isDirectory(model) ? RunFolder.open(model) : null;
  }

  /** The file that holds it. */
  Path file() throws FormatException {
    return file(model);
  }

  /** The model's file where a run's folder or a file is named. */
  static Path file(Path model) throws FormatException {
    return Model.file(model);
  }

  /**
   * @throws UserError if the model is one of images of another size
   */
  static void requireSize(SavedModel model, int height, int width) {
    if (model.height() != height || model.width() != width) {
      throw new UserError(
          "the model is one of %dx%d images, these have %dx%d"
              .formatted(model.height(), model.width(), height, width));
    }
  }
}
