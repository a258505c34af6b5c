package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import vaeocl.data.Catalogue;
import vaeocl.data.Dataset;
import vaeocl.model.SavedModel;
import vaeocl.train.RunConfig;

/**
 * The images that a run or a model was trained with. Finds them again, and decides for all commands
 * whether images are these.
 *
 * @param of "run" or "model", for messages
 * @param name of the data set; "" where nothing is known
 * @param source the folder they were in; "" where it is not known
 * @param sha256 of the data set; "" where it is not known
 */
record RunImages(String of, String name, String source, String sha256) {
  /** A run's. */
  static RunImages of(RunConfig.Data data) {
    return new RunImages("run", data.name(), data.source(), data.sha256());
  }

  /** Those that a model's file names, which does not say where they were. */
  static RunImages of(SavedModel model) {
    return new RunImages(
        "model",
        model.metadata().getOrDefault("dataset", ""),
        "",
        model.metadata().getOrDefault(SavedModel.DATASET_SHA256, ""));
  }

  /**
   * Loads what the user names, else the images from where they were.
   *
   * @throws UserError if they cannot be found again
   */
  Dataset load(DataOption option, PrintWriter err) throws IOException {
    if (option.given()) {
      return option.load(err);
    }
    if (is(Catalogue.Choice.DIGITS)) {
      return DataOption.load(Catalogue.Choice.DIGITS, null, err);
    }
    Path before = before();
    boolean there = before != null && before.isAbsolute() && Files.isDirectory(before);
    if (there) {
      return DataOption.load(Catalogue.Choice.AUTO, before, err);
    }
    if (is(Catalogue.Choice.MNIST)) {
      return DataOption.load(Catalogue.Choice.MNIST, null, err);
    }
    if (name.isEmpty() && sha256.isEmpty()) {
      // A file of PyTorch: MNIST, as ever, or what the user has in its place; but no drawn digits.
      boolean placed = !DataOption.environment().isEmpty();
      return DataOption.load(placed ? Catalogue.Choice.AUTO : Catalogue.Choice.MNIST, null, err);
    }
    throw new UserError(
        before == null
            ? "the %s does not say where its images are ('%s'); name their folder with --data"
                .formatted(of, name)
            : "the %s's images are not in %s any more; name their folder with --data"
                .formatted(of, before));
  }

  /**
   * The images again and no others.
   *
   * @throws UserError if they cannot be found again, or those that the user names are others
   */
  Dataset same(DataOption option, PrintWriter err) throws IOException {
    Dataset found = load(option, err);
    requireSame(found);
    return found;
  }

  /** The images again, or others that the user names, which is then said in a line. */
  Dataset sameOrNamed(DataOption option, PrintWriter err) throws IOException {
    Dataset found = load(option, err);
    if (!option.given()) {
      requireSame(found);
    } else if (!areThese(found)) {
      err.println(
          "vae-ocl: warning: these are not the images that the %s was trained with (%s)"
              .formatted(of, label()));
      err.flush();
    }
    return found;
  }

  /**
   * @throws UserError if these are others
   */
  void requireSame(Dataset found) {
    if (!areThese(found)) {
      throw new UserError(
          "these are not the images of the %s (%s), by their checksum: %s; name the right folder with --data"
              .formatted(of, label(), found.source()));
    }
  }

  private Path before() {
    try {
      return source.isEmpty() ? null : Path.of(source);
    } catch (InvalidPathException e) {
      return null; // config.json may be anybody's
    }
  }

  /** By contents; without a checksum, by the name that contents were given. */
  private boolean areThese(Dataset found) {
    boolean named = is(Catalogue.Choice.MNIST) || is(Catalogue.Choice.DIGITS);
    return sha256.isEmpty() ? !named || name.equals(found.name()) : sha256.equals(found.sha256());
  }

  private boolean is(Catalogue.Choice choice) {
    return name.equals(choice.toString());
  }

  private String label() {
    return source.isEmpty() ? name : name + " from " + source;
  }
}
