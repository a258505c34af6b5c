package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.SavedModel;
import vaeocl.train.RunFolder;

/** The model that a command works with: a run's folder or a file. */
final class ModelArgument {
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
   * @throws FormatException if there is none, or it is damaged
   */
  SavedModel load() throws IOException {
    SavedModel found = SavedModel.read(file());
    return seed == null ? found : found.withSeed(seed);
  }

  /** The images it is to work on: those it was trained with, unless the user names others. */
  Dataset dataset(DataOption option, PrintWriter err) throws IOException {
    if (Files.isDirectory(model) && !option.given()) {
      return option.loadAgain(RunFolder.open(model).config().dataset(), err);
    }
    if (!option.given() && OutOption.has(model, ".safetensors")) {
      return option.loadNamed(SavedModel.read(model).metadata().getOrDefault("dataset", ""), err);
    }
    return option.load(err);
  }

  /** The file that holds it. */
  Path file() throws FormatException {
    return file(model);
  }

  /** The model's file where a run's folder or a file is named. */
  static Path file(Path model) throws FormatException {
    if (!Files.isDirectory(model)) {
      return model;
    }
    Path file = RunFolder.open(model).model();
    if (!Files.exists(file)) {
      throw new FormatException(
          model, "holds no model yet, since no epoch is finished; go on with train --resume");
    }
    return file;
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
