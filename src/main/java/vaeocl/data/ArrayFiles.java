package vaeocl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Npy;
import vaeocl.formats.Npz;
import vaeocl.formats.NumberArray;

/**
 * Images in NumPy's files: one .npy or .npz, or a folder with one of them for each part.
 *
 * <pre>
 * images.npy                          [N, H, W], [N, H, W, 1], [N, 1, H, W], or [N, H·W] with --size
 * images.npz                          its array "data", or --key, or its only one; "labels" beside it
 * mnist.npz                           Keras: x_train, x_test, and y_train, y_test
 * train_data.npz, eval_data.npz       a folder of pythae's
 * train.npy, test.npy, train_labels.npy, test_labels.npy
 * </pre>
 */
final class ArrayFiles {
  private static final String NPY = ".npy";
  private static final String NPZ = ".npz";
  private static final List<String> TRAIN = List.of("train_data", "train");
  private static final List<String> TEST = List.of("eval_data", "test_data", "eval", "test");

  private final Reading wanted;
  private final Notices notices;
  private Reading used = Reading.PLAIN;

  private ArrayFiles(Reading wanted, Notices notices) {
    this.wanted = wanted;
    this.notices = notices;
  }

  /** Whether a file's name says that it holds arrays. */
  static boolean has(Path file) {
    return ends(file, NPY) || ends(file, NPZ);
  }

  private static boolean ends(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Reads one file.
   *
   * @throws FormatException if it holds no images, or not as {@code wanted} says
   */
  static Found read(Path file, Reading wanted, Notices notices) throws FormatException {
    ArrayFiles files = new ArrayFiles(wanted, notices);
    if (ends(file, NPZ) && wanted.key().isEmpty()) {
      List<String> names = Npz.names(file);
      if (!names.contains("data") && names.containsAll(List.of("x_train", "x_test"))) {
        Part train = files.part(file, "x_train", names.contains("y_train") ? "y_train" : "");
        Part test = files.part(file, "x_test", names.contains("y_test") ? "y_test" : "");
        return new Found("npz", train, test, files.used);
      }
    }
    Part part = files.part(file, null);
    return new Found(ends(file, NPZ) ? "npz" : "npy", part, null, files.used);
  }

  /**
   * Reads a folder.
   *
   * @param arrays the files of it that hold arrays, at least one
   * @throws FormatException as {@link #read(Path, Reading, Notices)}, or if names do not say which
   *     file is which
   */
  static Found readFolder(Path folder, List<Path> arrays, Reading wanted, Notices notices)
      throws FormatException {
    List<Path> images = arrays.stream().filter(file -> !stem(file).endsWith("_labels")).toList();
    if (images.size() == 1 && !TEST.contains(stem(images.get(0)))) {
      Found alone = read(images.get(0), wanted, notices);
      byte[] labels = labels(images.get(0), alone.train());
      boolean one = alone.test() == null && alone.train().labels() == null;
      return one
          ? new Found(alone.kind(), new Part(alone.train().images(), labels), null, alone.used())
          : alone;
    }
    Path train = only(folder, images, TRAIN);
    Path test = only(folder, images, TEST);
    ArrayFiles files = new ArrayFiles(wanted, notices);
    Part first = files.part(train, folder);
    Part second = files.part(test, folder);
    return new Found(ends(train, NPZ) ? "npz" : "npy", first, second, files.used);
  }

  /** The file of a folder that stands for a part. */
  private static Path only(Path folder, List<Path> files, List<String> stems)
      throws FormatException {
    List<Path> found = files.stream().filter(file -> stems.contains(stem(file))).toList();
    if (found.size() == 1 && files.size() == 2) {
      return found.get(0);
    }
    throw new FormatException(
        folder,
        "holds %s: name one of them with --data, or call two train_data.npz and eval_data.npz, or train.npy and test.npy"
            .formatted(
                String.join(", ", files.stream().map(f -> f.getFileName().toString()).toList())));
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - NPY.length()).toLowerCase(Locale.ROOT);
  }

  /**
   * The images of a file, and their labels.
   *
   * @param folder where a file of labels may lie; null to look for none
   */
  private Part part(Path file, Path folder) throws FormatException {
    if (ends(file, NPY)) {
      Part part = new Part(images(file, Npy.read(file)), null);
      return folder == null ? part : new Part(part.images(), labels(file, part));
    }
    List<String> names = Npz.names(file);
    String key = key(file, names);
    Part part = part(file, key, names.contains("labels") && !key.equals("labels") ? "labels" : "");
    boolean beside = folder != null && part.labels() == null;
    return beside ? new Part(part.images(), labels(file, part)) : part;
  }

  private Part part(Path file, String images, String labels) throws FormatException {
    Images found = images(file.resolve(images), Npz.read(file, images));
    return new Part(
        found,
        labels.isEmpty() ? null : labels(file.resolve(labels), Npz.read(file, labels), found));
  }

  private String key(Path file, List<String> names) throws FormatException {
    if (!wanted.key().isEmpty()) {
      used = used.withKey(wanted.key());
      if (!names.contains(wanted.key())) {
        throw new FormatException(
            file,
            "holds no array '%s' of --key, but %s"
                .formatted(wanted.key(), String.join(", ", names)));
      }
      return wanted.key();
    }
    if (names.contains("data")) {
      return "data";
    }
    List<String> candidates = names.stream().filter(name -> !name.equals("labels")).toList();
    if (candidates.size() != 1) {
      throw new FormatException(
          file, "holds %s; choose one with --key NAME".formatted(String.join(", ", names)));
    }
    return candidates.get(0);
  }

  /** The labels of images in FILE.npy, from FILE_labels.npy beside it; null if there is none. */
  private static byte[] labels(Path file, Part part) throws FormatException {
    String stem = file.getFileName().toString();
    stem = stem.substring(0, stem.length() - NPY.length()).replaceFirst("_data$", "");
    Path beside = file.resolveSibling(stem + "_labels" + NPY);
    return Files.exists(beside) ? labels(beside, Npy.read(beside), part.images()) : null;
  }

  private static byte[] labels(Path file, NumberArray array, Images images) throws FormatException {
    int[] shape = array.shape();
    boolean row = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
    if (!row || !(array instanceof ByteArray bytes) || bytes.values().length != images.count()) {
      throw new FormatException(
          file,
          "has shape %s; the labels of %d images are as many whole numbers from 0 to 255"
              .formatted(NumberArray.describe(shape), images.count()));
    }
    return bytes.values();
  }

  private Images images(Path file, NumberArray array) throws FormatException {
    int[] s = array.shape();
    String shape = "has shape " + NumberArray.describe(s);
    int rows;
    int cols;
    if (s.length == 2 && wanted.height() > 0 && s[1] == wanted.height() * wanted.width()) {
      rows = wanted.height();
      cols = wanted.width();
    } else if (s.length == 3) {
      rows = s[1];
      cols = s[2];
    } else if (s.length == 4 && (s[1] == 1 || s[3] == 1)) {
      rows = s[1] == 1 ? s[2] : s[1];
      cols = s[1] == 1 ? s[3] : s[2];
    } else if (s.length == 2) {
      String said = wanted.height() > 0 ? ", which are no rows of this --size" : "";
      throw new FormatException(
          file, shape + said + "; say with --size HEIGHTxWIDTH what %d pixels are".formatted(s[1]));
    } else {
      throw new FormatException(
          file, shape + "; grey images are (N, H, W), (N, H, W, 1), (N, 1, H, W) or (N, H*W)");
    }
    try {
      Reading size = wanted.ofSize(rows, cols);
      used = used.withSize(size.height(), size.width());
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, shape + ": " + e.getMessage(), e);
    }
    return new Images(s[0], rows, cols, GreyLevels.of(file, array, notices));
  }
}
