package vaeocl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vaeocl.formats.FormatException;

/** Images in files of any kind that is read: which kind, their names say. */
final class ImageFiles {
  private ImageFiles() {}

  /**
   * Reads a folder or file, in two parts, inverted where that is wanted.
   *
   * @param set whose files are meant where a folder of IDX files has several; or ""
   * @throws FormatException if it holds no images, or not as {@code wanted} says
   */
  static Found read(Path source, String set, Reading wanted, Notices notices)
      throws FormatException {
    Found found;
    try {
      found = parts(source, set, wanted, notices);
      if (found.kind().equals("idx") && wanted.height() > 0) {
        wanted.ofSize(found.train().images().rows(), found.train().images().cols());
      }
      requireOneSize(source, found);
      if (found.test() == null) {
        found = found.split(wanted);
        notices.progress(
            "%s: in one part, of which %d images are to train and %d to test with (--test-share %s)"
                .formatted(
                    source,
                    found.train().images().count(),
                    found.test().images().count(),
                    found.used().testShare()));
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(source, e.getMessage(), e);
    }
    return wanted.invert() ? found.inverted() : found;
  }

  private static Found parts(Path source, String set, Reading wanted, Notices notices)
      throws FormatException {
    if (Files.isRegularFile(source) && ArrayFiles.has(source)) {
      return ArrayFiles.read(source, wanted, notices);
    }
    if (!Files.isDirectory(source)) {
      String what = Files.exists(source) ? "not a folder" : "no such folder";
      throw new FormatException(
          source, what + "; name a folder that holds images, or an .npy or .npz file");
    }
    if (!Files.isReadable(source)) {
      throw new FormatException(source, "cannot be read: permission denied");
    }
    IdxNames names = IdxNames.in(source, set);
    List<Path> arrays = inside(source).stream().filter(ArrayFiles::has).toList();
    if (!names.files().isEmpty()) {
      if (set.isEmpty() && names.ofEmnist()) {
        notices.progress(
            source
                + ": EMNIST's images lie on their side; --dataset emnist-digits or emnist-letters"
                + " turns them upright");
      }
      return IdxFolder.read(names);
    }
    if (!arrays.isEmpty()) {
      return ArrayFiles.readFolder(source, arrays, wanted, notices);
    }
    if (PictureFolder.has(source)) {
      return PictureFolder.read(source, wanted, notices);
    }
    throw new FormatException(
        source,
        "holds no images: neither IDX files ("
            + String.join(", ", IdxFolder.FILES)
            + "), nor .npy or .npz, nor PNG or JPEG files");
  }

  private static void requireOneSize(Path source, Found found) throws FormatException {
    if (found.test() == null) {
      return;
    }
    Images train = found.train().images();
    Images test = found.test().images();
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new FormatException(
          source,
          "its test images are %dx%d, those to train with %dx%d; are they of one data set?"
              .formatted(test.rows(), test.cols(), train.rows(), train.cols()));
    }
  }

  private static List<Path> inside(Path folder) throws FormatException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new FormatException(folder, "cannot be read: " + e.getMessage(), e);
    }
  }
}
