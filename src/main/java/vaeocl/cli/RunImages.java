package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Reading;
import vaeocl.model.SavedModel;
import vaeocl.train.ImagesOfRun;

/**
 * The images that a run or a model was trained with. Finds them again, and decides for all commands
 * whether images are these.
 *
 * @param of "run" or "model", for messages
 * @param name of the data set; "" where nothing is known
 * @param source the folder they were in; "" where it is not known
 * @param sha256 of images and labels together; "" where it is not known
 * @param images the checksum of the images alone; "" where it is not known, as of earlier versions
 * @param reading how they were read
 */
record RunImages(
    String of, String name, String source, String sha256, String images, Reading reading) {
  /** Sets that only their name tells how to read. */
  private static final List<Choice> BY_NAME =
      List.of(Choice.KMNIST, Choice.EMNIST_DIGITS, Choice.EMNIST_LETTERS);

  /** Of which nothing is known. */
  static final RunImages UNKNOWN = new RunImages("run", "", "", "", "", Reading.PLAIN);

  /** A run's. */
  static RunImages of(ImagesOfRun data) {
    return new RunImages(
        "run",
        data.name(),
        data.source(),
        data.sha256(),
        data.imagesSha256(),
        Reading.of(data.reading()));
  }

  /** Those that a model's file names, which does not say where they were. */
  static RunImages of(SavedModel model) {
    Map<String, String> metadata = model.metadata();
    return new RunImages(
        "model",
        metadata.getOrDefault("dataset", ""),
        "",
        metadata.getOrDefault(SavedModel.DATASET_SHA256, ""),
        metadata.getOrDefault(SavedModel.IMAGES_SHA256, ""),
        Reading.PLAIN);
  }

  /**
   * Loads what the user names, else the images from where they were.
   *
   * @throws UserError if they cannot be found again
   */
  Dataset load(DataOption option, PrintWriter err) throws IOException {
    if (option.given()) {
      return option.load(reading, err);
    }
    option.refuseReading();
    if (is(Choice.DIGITS)) {
      return option.load(Choice.DIGITS, null, reading, err);
    }
    Path before = before();
    boolean there = before != null && before.isAbsolute() && Files.exists(before);
    if (there) {
      return option.load(byName().orElse(Choice.AUTO), before, reading, err);
    }
    if (is(Choice.MNIST) || is(Choice.FASHION_MNIST)) {
      Choice named = is(Choice.MNIST) ? Choice.MNIST : Choice.FASHION_MNIST;
      return option.load(named, null, reading, err);
    }
    if (name.isEmpty() && sha256.isEmpty()) {
      // A file of PyTorch: MNIST, as ever, or what the user has in its place; but no drawn digits.
      boolean placed = !DataOption.environment().isEmpty();
      return option.load(placed ? Choice.AUTO : Choice.MNIST, null, reading, err);
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

  private Optional<Choice> byName() {
    return BY_NAME.stream().filter(this::is).findFirst();
  }

  private Path before() {
    try {
      return source.isEmpty() ? null : Path.of(source);
    } catch (InvalidPathException e) {
      return null; // config.json may be anybody's
    }
  }

  /** Whether both are of the same images, as far as is known. */
  boolean sameAs(RunImages other) {
    boolean known = !images.isEmpty() && !other.images.isEmpty();
    return known ? images.equals(other.images) : sha256.equals(other.sha256);
  }

  /** By contents; without a checksum, by the name that contents were given. */
  private boolean areThese(Dataset found) {
    if (!images.isEmpty()) {
      return images.equals(found.checksums().images());
    }
    boolean named = is(Choice.MNIST) || is(Choice.DIGITS);
    return sha256.isEmpty() ? !named || name.equals(found.name()) : sha256.equals(found.sha256());
  }

  private boolean is(Choice choice) {
    return name.equals(choice.toString());
  }

  private String label() {
    return source.isEmpty() ? name : name + " from " + source;
  }
}
