package vaeocl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vaeocl.formats.FormatException;

/**
 * What the four files are called, and where they are put, by those who hand them on:
 *
 * <pre>
 * train-images-idx3-ubyte.gz                        as published
 * train-images.idx3-ubyte                           unpacked by 7-Zip
 * train-images-idx3-ubyte/train-images-idx3-ubyte   Kaggle, a folder for each
 * raw/train-images-idx3-ubyte                       torchvision, below MNIST/; gzip/ of EMNIST's zip
 * emnist-digits-test-images-idx3-ubyte.gz           EMNIST, with a name before and test for t10k
 * </pre>
 *
 * @param folder that the user named
 * @param files all that it has of them; those with a name before only where there are no others
 */
record IdxNames(Path folder, List<Path> files) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.*[-_.])?(?<part>train|t10k|test)"
              + "[-.](?<what>images[-.]idx3|labels[-.]idx1)[-.]ubyte(?:\\.gz)?");

  /** Looks into {@code folder}; into raw and gzip in it or its folders where it has none itself. */
  private static List<Path> all(Path folder) {
    List<Path> all = named(folder);
    if (all.isEmpty()) {
      all =
          Stream.concat(Stream.of(folder), inside(folder).stream())
              .flatMap(
                  place ->
                      Stream.of("raw", "gzip").flatMap(sub -> named(place.resolve(sub)).stream()))
              .toList();
    }
    return all;
  }

  /**
   * The files of one set.
   *
   * @param set its name before the files' names, such as emnist-digits; "" where they have none, or
   *     are the only ones
   */
  static IdxNames in(Path folder, String set) {
    List<Path> all = all(folder);
    List<Path> ofSet =
        all.stream()
            .filter(file -> (matcher(file).group("set") + "").matches(Pattern.quote(set) + "[-_.]"))
            .toList();
    if (!set.isEmpty() && !ofSet.isEmpty()) {
      return new IdxNames(folder, ofSet);
    }
    List<Path> plain = all.stream().filter(file -> matcher(file).group("set") == null).toList();
    return new IdxNames(folder, plain.isEmpty() ? all : plain);
  }

  /**
   * The files that stand for one of {@link IdxFolder#FILES}.
   *
   * @throws FormatException if there is none
   */
  List<Path> candidates(String name) throws FormatException {
    List<Path> candidates = files.stream().filter(file -> published(file).equals(name)).toList();
    if (candidates.isEmpty()) {
      throw new FormatException(
          folder.resolve(name),
          "no such file, nor one with .gz, as train-images.idx3-ubyte or"
              + " emnist-digits-train-images-idx3-ubyte, or in raw or MNIST/raw; the folder has to"
              + " hold "
              + String.join(", ", IdxFolder.FILES)
              + ", or both files of images alone");
    }
    return candidates;
  }

  /** Whether there is a file for one of {@link IdxFolder#FILES}. */
  boolean has(String name) {
    return files.stream().anyMatch(file -> published(file).equals(name));
  }

  /** Whether the files are EMNIST's by their names, whose images lie on their side. */
  boolean ofEmnist() {
    return files.stream()
        .anyMatch(file -> file.getFileName().toString().matches("emnist-(digits|letters)-.*"));
  }

  /** The name that a file was published under. */
  private static String published(Path file) {
    Matcher name = matcher(file);
    String part = name.group("part").equals("train") ? "train-" : "t10k-";
    return part + name.group("what").replace('.', '-') + "-ubyte";
  }

  private static List<Path> named(Path folder) {
    return inside(folder).stream()
        .filter(IdxNames::isNamed)
        .flatMap(
            file ->
                Files.isDirectory(file)
                    ? inside(file).stream().filter(IdxNames::isNamed)
                    : Stream.of(file))
        .toList();
  }

  private static boolean isNamed(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  private static Matcher matcher(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(file + " is none of the four files");
    }
    return matcher;
  }

  /** What a folder holds, in order; nothing where it cannot be read or is none. */
  private static List<Path> inside(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
