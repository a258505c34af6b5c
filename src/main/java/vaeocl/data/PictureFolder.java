package vaeocl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vaeocl.formats.FormatException;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Jpeg;
import vaeocl.formats.NumberArray;
import vaeocl.formats.Png;

/**
 * A folder of PNG or JPEG files. Folders in it are classes, or, where they are called train and
 * test, its parts, in which folders are classes.
 *
 * <pre>
 * FOLDER/a.png, b.png …                     one part without labels
 * FOLDER/cats/a.jpg …, dogs/a.jpg …         one part, classes 0 and 1
 * FOLDER/train/7/a.png …, test/7/a.png …    two parts, class 7
 * </pre>
 *
 * Files stand in the order of their names, in which numbers count as such: 2.png before 10.png;
 * class after class. Classes that are all numbers up to 255 are these, others their place among the
 * names.
 */
final class PictureFolder {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "eval", "val");
  private static final int MOST_CLASSES = 256;
  private static final Comparator<String> BY_NAME =
      Comparator.comparing(PictureFolder::padded).thenComparing(Comparator.naturalOrder());
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

  /** Pictures that are not read, so that leaving them out is said. */
  private static final Pattern OTHERS =
      Pattern.compile(".*\\.(gif|bmp|tiff?|webp|pgm|ppm|heic|avif|jp2)");

  private final Path folder;
  private final Reading wanted;
  private final Notices notices;
  private Reading used = Reading.PLAIN;

  /** The first picture's size, which all have to have, and its file. */
  private int rows;

  private int cols;
  private Path first;

  private PictureFolder(Path folder, Reading wanted, Notices notices) {
    this.folder = folder;
    this.wanted = wanted;
    this.notices = notices;
  }

  /** Whether a folder, or one in it or below that, has pictures. */
  static boolean has(Path folder) {
    return inside(folder).stream().anyMatch(PictureFolder::isPicture)
        || inside(folder).stream()
            .filter(Files::isDirectory)
            .anyMatch(
                below ->
                    inside(below).stream().anyMatch(PictureFolder::isPicture)
                        || inside(below).stream()
                            .anyMatch(c -> inside(c).stream().anyMatch(PictureFolder::isPicture)));
  }

  /**
   * Reads it.
   *
   * @throws FormatException if a picture cannot be read, or they are of several sizes and {@code
   *     wanted} names none
   */
  static Found read(Path folder, Reading wanted, Notices notices) throws FormatException {
    PictureFolder reader = new PictureFolder(folder, wanted, notices);
    Path train = child(folder, TRAIN);
    Path test = child(folder, TEST);
    if (train == null || test == null) {
      Map<String, Integer> classes = classes(List.of(folder));
      return new Found("pictures", reader.part(folder, classes), null, reader.used);
    }
    Map<String, Integer> classes = classes(List.of(train, test));
    Part trainPart = reader.part(train, classes);
    Part testPart = reader.part(test, classes);
    return new Found("pictures", trainPart, testPart, reader.used);
  }

  private static Path child(Path folder, List<String> names) {
    return inside(folder).stream()
        .filter(p -> Files.isDirectory(p) && names.contains(lower(p)))
        .findFirst()
        .orElse(null);
  }

  /** The label of each class, which is a folder with pictures. */
  private static Map<String, Integer> classes(List<Path> parts) throws FormatException {
    Map<String, Integer> classes = new TreeMap<>(BY_NAME);
    for (Path part : parts) {
      for (Path c : inside(part)) {
        if (inside(c).stream().anyMatch(PictureFolder::isPicture)) {
          classes.put(c.getFileName().toString(), 0);
        }
      }
    }
    if (classes.size() > MOST_CLASSES) {
      throw new FormatException(
          parts.get(0),
          "has " + classes.size() + " folders of pictures, at most 256 can be classes");
    }
    boolean numbers = classes.keySet().stream().allMatch(n -> n.matches("[0-9]{1,3}"));
    boolean bytes = numbers && classes.keySet().stream().allMatch(n -> Integer.parseInt(n) <= 255);
    int place = 0;
    for (Map.Entry<String, Integer> c : classes.entrySet()) {
      c.setValue(bytes ? Integer.parseInt(c.getKey()) : place++);
    }
    return classes;
  }

  private Part part(Path part, Map<String, Integer> classes) throws FormatException {
    warnOfOthers(part);
    List<Path> files = new ArrayList<>(inside(part).stream().filter(f -> isPicture(f)).toList());
    if (!files.isEmpty() && !classes.isEmpty()) {
      throw new FormatException(
          part,
          "has pictures beside folders of pictures, whose classes they have not; move them into one");
    }
    List<Integer> labels = new ArrayList<>();
    for (Map.Entry<String, Integer> c : classes.entrySet()) {
      warnOfOthers(part.resolve(c.getKey()));
      for (Path file : inside(part.resolve(c.getKey()))) {
        if (isPicture(file)) {
          files.add(file);
          labels.add(c.getValue());
        }
      }
    }
    if (files.isEmpty()) {
      throw new FormatException(part, "has no PNG or JPEG files");
    }
    byte[] classOf = new byte[labels.size()];
    for (int i = 0; i < classOf.length; i++) {
      classOf[i] = labels.get(i).byteValue();
    }
    return new Part(images(files), classOf.length == 0 ? null : classOf);
  }

  private void warnOfOthers(Path of) {
    List<Path> others =
        inside(of).stream().filter(f -> OTHERS.matcher(lower(f)).matches()).toList();
    if (!others.isEmpty()) {
      notices.warning(
          "%d pictures of %s are neither PNG nor JPEG and left out, such as %s"
              .formatted(others.size(), of, others.get(0).getFileName()));
    }
  }

  private Images images(List<Path> files) throws FormatException {
    byte[] all = null;
    for (int i = 0; i < files.size(); i++) {
      GreyImage picture = picture(files.get(i));
      if (all == null) {
        long size = (long) files.size() * rows * cols;
        if (size > NumberArray.MAX_VALUES || size > Runtime.getRuntime().maxMemory()) {
          throw new FormatException(
              folder,
              "its %d pictures of %dx%d take %d bytes of Java's heap; give Java more with -Xmx, or make them smaller with --size"
                  .formatted(files.size(), rows, cols, size));
        }
        all = new byte[(int) size];
      }
      System.arraycopy(picture.pixels(), 0, all, i * rows * cols, rows * cols);
    }
    return new Images(files.size(), rows, cols, all);
  }

  private GreyImage picture(Path file) throws FormatException {
    GreyImage picture = lower(file).endsWith(".png") ? Png.read(file) : Jpeg.read(file);
    if (wanted.height() > 0) {
      used = used.withSize(wanted.height(), wanted.width());
      picture = picture.scaled(wanted.height(), wanted.width());
    }
    if (first == null) {
      first = file;
      rows = picture.rows();
      cols = picture.cols();
      if (Math.max(rows, cols) > Reading.MOST_SIDE) {
        throw new FormatException(
            file,
            "has %dx%d pixels, at most %3$dx%3$d are trained with; --size scales all"
                .formatted(rows, cols, Reading.MOST_SIDE));
      }
    }
    if (picture.rows() != rows || picture.cols() != cols) {
      throw new FormatException(
          file,
          "has %dx%d pixels where %s has %dx%d; --size HEIGHTxWIDTH scales all"
              .formatted(picture.rows(), picture.cols(), first, rows, cols));
    }
    return picture;
  }

  private static boolean isPicture(Path file) {
    String name = lower(file);
    boolean ending = Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith);
    return ending && !name.startsWith(".") && !Files.isDirectory(file);
  }

  private static String lower(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /** What a folder holds, in order; nothing where it is none. */
  private static List<Path> inside(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted(Comparator.comparing(p -> p.getFileName().toString(), BY_NAME)).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** A name whose numbers have 20 digits, so that they are in their own order. */
  private static String padded(String name) {
    return NUMBER.matcher(name).replaceAll(m -> "0".repeat(20 - m.group().length()) + m.group());
  }
}
