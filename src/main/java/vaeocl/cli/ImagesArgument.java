package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.formats.FormatException;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** The images that a command works on: a part of the data set, an array, or PNG files. */
final class ImagesArgument {
  private enum Part {
    TEST,
    TRAIN
  }

  /** Describes the files of {@link #load}, which a command declares itself: picocli wants it so. */
  static final String FILES =
      "An .npy file, floats in [0, 1] or integers in 0..255, [N, height, width]; or PNG files."
          + " Without any: the test images.";

  @Option(
      names = "--part",
      paramLabel = "test|train",
      description = "Which images of the data set (test).")
  private Part part;

  @Option(names = "--count", paramLabel = "N", description = "The first N images only.")
  private Integer count;

  @Option(
      names = "--invert",
      negatable = true,
      description =
          "Invert the images, or take them as they are. Without either: invert what is named and has"
              + " a bright border where the model draws a dark one (at z = 0), or the reverse, and"
              + " say so. Transparent pixels lie on white where the ink is dark, else on black.")
  private Boolean invert;

  @Mixin private DataOption data;

  /**
   * All of them; those that the user names as the model needs them, light on dark or dark on light.
   *
   * @param files that the user named, or none
   * @return [N, pixels] in [0, 1]
   * @throws FormatException if a file is not what it has to be
   */
  Rows load(List<Path> files, ModelArgument argument, SavedModel model, PrintWriter err)
      throws IOException {
    if (count != null && count < 1) {
      throw new UserError("--count must be at least 1, not " + count);
    }
    Rows all = files.isEmpty() ? ofDataset(argument, model, err) : ofFiles(files, model);
    if (count != null && count > all.count()) {
      throw new UserError("--count " + count + ": there are only " + all.count() + " images");
    }
    Rows rows = count == null ? all : all.first(count);
    if (files.isEmpty() && !data.given() && invert == null) {
      return rows;
    }
    List<String> names =
        files.size() > 1
            ? files.stream().limit(rows.count()).map(Path::toString).toList()
            : List.of(files.isEmpty() ? "the data set" : files.get(0).toString());
    return Ground.match(rows, names, model, invert, err);
  }

  private Rows ofDataset(ModelArgument argument, SavedModel model, PrintWriter err)
      throws IOException {
    Dataset dataset = argument.dataset(model, data, err);
    ModelArgument.requireSize(model, dataset.test().rows(), dataset.test().cols());
    return Rows.of(part == Part.TRAIN ? dataset.train() : dataset.test());
  }

  private Rows ofFiles(List<Path> files, SavedModel model) throws IOException {
    if (part != null || data.given()) {
      throw new UserError("name either image files or a data set, not both");
    }
    data.refuseReading();
    boolean arrays = files.stream().anyMatch(f -> OutOption.has(f, ".npy"));
    if (arrays && files.size() > 1) {
      throw new UserError("one .npy file at a time, please; it may hold many images");
    }
    if (arrays) {
      return ArrayShapes.pixels(files.get(0), Npy.read(files.get(0)), model);
    }
    int size = model.height() * model.width();
    byte[] pixels = new byte[Math.multiplyExact(files.size(), size)];
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      if (!OutOption.has(file, ".png")) {
        throw new FormatException(file, "images are read from .npy and .png files");
      }
      GreyImage image = Png.read(file);
      if (image.rows() != model.height() || image.cols() != model.width()) {
        throw new FormatException(
            file,
            "has %dx%d pixels where the model takes %dx%d; scale it first"
                .formatted(image.rows(), image.cols(), model.height(), model.width()));
      }
      System.arraycopy(image.pixels(), 0, pixels, i * size, size);
    }
    return Rows.of(new Images(files.size(), model.height(), model.width(), pixels));
  }
}
