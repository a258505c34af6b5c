package vaeocl.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import vaeocl.formats.FormatException;

/**
 * A published data set whose contents nobody here could checksum: it is not downloaded, and its
 * files are known by their number and size alone.
 *
 * @param title for people
 * @param page where it can be had
 * @param train number of images
 * @param test likewise
 * @param sideways whether its images are published with rows and columns exchanged
 */
record ByHand(String title, String page, int train, int test, boolean sideways) {
  static final String EMNIST = "https://www.nist.gov/itl/products-and-services/emnist-dataset";
  private static final int SIDE = 28;

  /**
   * Reads the user's files.
   *
   * @param name the set's, which is what files are called by where several sets are in a folder
   * @param data the folder, or null
   * @throws FormatException if they are not this set's
   * @throws DownloadException if the user named none
   */
  Dataset load(String name, Path data, Reading reading, List<Published> known, Notices notices)
      throws IOException {
    if (data == null) {
      throw new DownloadException(
          "%s is not downloaded, since there is no checksum to know it by; get its IDX files from %s and name their folder with --dataset %s --data DIR"
              .formatted(title, page, name),
          null);
    }
    Found found = ImageFiles.read(data, name, reading, notices);
    String other = Dataset.of(found, data, known).name();
    if (!other.equals(found.kind())) {
      throw new FormatException(
          data, "its images are those of %s, not of %s".formatted(other, title));
    }
    require(data, "training", found.train().images(), train);
    require(data, "test", found.test().images(), test);
    if (sideways) {
      notices.progress(title + ": published lying on their side, the images are turned upright");
      found = found.transposed();
    }
    return Dataset.of(found, data, List.of()).named(name);
  }

  private void require(Path data, String part, Images images, int count) throws FormatException {
    if (images.count() != count || images.rows() != SIDE || images.cols() != SIDE) {
      throw new FormatException(
          data,
          String.format(
              Locale.ROOT,
              "has %d %s images of %dx%d where %s has %d of 28x28; leave out --dataset to use them all the same",
              images.count(),
              part,
              images.rows(),
              images.cols(),
              title,
              count));
    }
  }
}
