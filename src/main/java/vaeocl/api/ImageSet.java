package vaeocl.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.data.Catalogue;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Notices;
import vaeocl.data.Reading;
import vaeocl.train.ImagesOfRun;
import vaeocl.train.RunFolder;

/**
 * Images to train on and images to test with, known by the SHA-256 of their contents.
 *
 * @param dataset both, with their labels and checksums
 */
public record ImageSet(Dataset dataset) {
  private static final Notices SILENT =
      new Notices() {
        @Override
        public void progress(String line) {}

        @Override
        public void warning(String line) {}
      };

  /**
   * MNIST: 60,000 and 10,000 images of 28x28, from the folder named by VAE_OCL_DATA, else from the
   * cache ({@code ~/.cache/vae-ocl}), else downloaded there.
   *
   * @return the images
   * @throws vaeocl.data.DownloadException if it cannot be had
   * @throws vaeocl.formats.FormatException if the named folder does not hold it
   * @see <a href="https://yann.lecun.com/exdb/mnist/">LeCun, Cortes and Burges: MNIST</a>
   */
  public static ImageSet mnist() throws IOException {
    return load(Choice.MNIST, null, Reading.PLAIN, SILENT);
  }

  /**
   * Digits that the library draws itself, of 28x28: for trying out where there is no network. Their
   * figures do not compare with MNIST's.
   *
   * @return the images
   * @throws IOException never, as it is
   */
  public static ImageSet digits() throws IOException {
    return load(Choice.DIGITS, null, Reading.PLAIN, SILENT);
  }

  /**
   * Images of a folder or file, 1x1 to 256x256: MNIST's IDX files, .npy or .npz arrays, PNG or JPEG
   * files. Where they are in one part, a tenth is to test with.
   *
   * @param source the folder or file
   * @return the images
   * @throws vaeocl.formats.FormatException if it holds no images, or they are damaged
   */
  public static ImageSet read(Path source) throws IOException {
    return load(Choice.AUTO, source, Reading.PLAIN, SILENT);
  }

  /**
   * Images of the caller's own.
   *
   * @param train to train on; values are rounded to 256 levels
   * @param test to test with, of the same size
   * @return the images
   * @throws IllegalArgumentException if they differ in size
   */
  public static ImageSet of(Images train, Images test) {
    return new ImageSet(
        Dataset.of(
            "own", train.levels(), test.levels(), train.labels(), test.labels(), "in memory"));
  }

  /**
   * The images that a run was trained with, from where they were.
   *
   * @param run a run's folder
   * @return the images
   * @throws RequestException if they are not there any more, or others are
   * @throws vaeocl.formats.FormatException if there is no run, or it is damaged
   * @throws IOException if they cannot be read
   */
  public static ImageSet ofRun(Path run) throws IOException {
    RunFolder folder = RunFolder.open(run);
    ImagesOfRun known =
        folder.images().isPresent() ? folder.images().get() : folder.config().dataset();
    boolean there = Path.of(known.source()).isAbsolute();
    ImageSet found;
    if (known.name().equals(Choice.DIGITS.toString())) {
      found = digits();
    } else if (there && Files.exists(Path.of(known.source()))) {
      found = load(Choice.AUTO, Path.of(known.source()), Reading.of(known.reading()), SILENT);
    } else if (known.name().equals(Choice.MNIST.toString())) {
      found = mnist();
    } else {
      throw new RequestException(
          "the images of " + run + " are not in " + known.source() + " any more; name them");
    }
    return found.require(known);
  }

  /** This, where it is what a run was trained with. */
  ImageSet require(ImagesOfRun known) {
    if (!known.are(dataset)) {
      throw new RequestException(
          "these are not the images of the run (%s), by their checksum: %s"
              .formatted(known.name(), dataset.source()));
    }
    return this;
  }

  /**
   * A data set by name, or what a folder holds, in all the ways in which the program reads images.
   *
   * @param choice which
   * @param source a folder or file; null where the choice needs none
   * @param reading how to read it, where the files do not say it
   * @param notices told of downloads, of a fallback, and of what is odd
   * @return the images
   * @throws vaeocl.data.DownloadException if a named set cannot be had
   * @throws vaeocl.formats.FormatException if the source holds no images, or others
   */
  public static ImageSet load(Choice choice, Path source, Reading reading, Notices notices)
      throws IOException {
    Path cache = Catalogue.cacheFolder(System::getenv, System.getProperty("user.home"));
    String environment = System.getenv(Catalogue.VARIABLE);
    return new ImageSet(
        new Catalogue(cache, notices, System::getenv).load(choice, source, environment, reading));
  }

  /**
   * Those to train on.
   *
   * @return [N, height, width]
   */
  public Images train() {
    return Images.of(dataset.train(), dataset.trainLabels());
  }

  /**
   * Those to test with.
   *
   * @return [N, height, width]
   */
  public Images test() {
    return Images.of(dataset.test(), dataset.testLabels());
  }

  /**
   * What they are called.
   *
   * @return "mnist" or another published name, by their checksum, else the kind of their files
   */
  public String name() {
    return dataset.name();
  }
}
