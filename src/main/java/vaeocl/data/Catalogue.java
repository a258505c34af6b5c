package vaeocl.data;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import vaeocl.formats.FormatException;

/**
 * Finds the data set that the user asked for: a named folder, else the folder in the environment,
 * else the cache, else a download; or the built-in digits.
 */
public final class Catalogue {
  /** The environment variable that names a folder with MNIST's files. */
  public static final String VARIABLE = "VAE_OCL_DATA";

  private static final String REMEDY =
      "set https_proxy=http://HOST:PORT where a proxy is needed, or use --data DIR or set "
          + VARIABLE
          + " to a folder with MNIST's four files";

  /** Sets without a checksum to check a download by, and how to know their files. */
  private static final Map<Choice, ByHand> BY_HAND =
      Map.of(
          Choice.KMNIST,
          new ByHand("KMNIST", "http://codh.rois.ac.jp/kmnist/", 60_000, 10_000, false),
          Choice.EMNIST_DIGITS,
          new ByHand("EMNIST digits", ByHand.EMNIST, 240_000, 40_000, true),
          Choice.EMNIST_LETTERS,
          new ByHand("EMNIST letters", ByHand.EMNIST, 124_800, 20_800, true));

  private final Path cache;
  private final List<Published> known;
  private final Fetch fetch;
  private final Notices notices;

  /**
   * A catalogue that downloads published sets from their public mirrors.
   *
   * @param cache where downloads are kept, see {@link #cacheFolder}; made when it is needed; null
   *     if there is no place for it
   * @param notices is told of downloads, of a fallback, and how images were read
   * @param environment variables by name, or null for those that are not set: they name proxies
   */
  public Catalogue(Path cache, Notices notices, UnaryOperator<String> environment) {
    this(cache, notices, Published.ALL, Fetch.through(new Proxies(environment)));
  }

  /** As above, with other sets, mirrors and limits; for tests. */
  Catalogue(Path cache, Notices notices, List<Published> known, Fetch fetch) {
    this.cache = cache;
    this.notices = notices;
    this.known = known;
    this.fetch = fetch;
  }

  /**
   * The folder for downloads: XDG_CACHE_HOME/vae-ocl where that variable holds an absolute path
   * (others are to be ignored, says its specification), else HOME/.cache/vae-ocl, else the same of
   * the system's list of users, in which not every user is.
   *
   * @param environment variables by name, or null for those that are not set
   * @param userHome Java's user.home, "?" for a user without an entry
   * @return the folder; null where there is none
   */
  public static Path cacheFolder(UnaryOperator<String> environment, String userHome) {
    return absolute(environment.apply("XDG_CACHE_HOME"))
        .or(() -> absolute(environment.apply("HOME")).map(home -> home.resolve(".cache")))
        .or(() -> absolute(userHome).map(home -> home.resolve(".cache")))
        .map(folder -> folder.resolve("vae-ocl"))
        .orElse(null);
  }

  private static Optional<Path> absolute(String name) {
    try {
      return Optional.ofNullable(name).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Loads the data set. What is called by a published name has that one's contents, wherever it
   * comes from.
   *
   * @param data the folder or file named on the command line, or null
   * @param environment the value of {@link #VARIABLE}, or null; empty counts as unset
   * @param reading how to read what is in it
   * @throws FormatException if a named folder is unusable, or named although digits are wanted, or
   *     does not hold the set that is wanted
   * @throws DownloadException if a set was asked for by name and cannot be had
   * @throws java.io.InterruptedIOException if the thread was interrupted during a download
   */
  public Dataset load(Choice choice, Path data, String environment, Reading reading)
      throws IOException {
    ByHand byHand = BY_HAND.get(choice);
    if (byHand != null) {
      return byHand.load(choice.toString(), data, reading, known, notices);
    }
    if (choice == Choice.DIGITS) {
      if (data != null) {
        throw new FormatException(data, "--dataset digits draws its own images; leave out --data");
      }
      return Digits.standard();
    }
    if (data != null) {
      return read(choice, data, reading);
    }
    boolean mnist = choice == Choice.AUTO || choice == Choice.MNIST;
    if (mnist && environment != null && !environment.isEmpty()) {
      return ofEnvironment(choice, environment, reading);
    }
    Published wanted = published(choice);
    try {
      return new Cache(cache, wanted, fetch, notices).get();
    } catch (DownloadException e) {
      String failed = wanted.title() + " could not be downloaded (" + e.getMessage() + "); ";
      if (choice == Choice.AUTO) {
        notices.warning(
            failed
                + "using the built-in digits, whose figures do not compare with MNIST's. For MNIST, "
                + REMEDY);
        return Digits.standard();
      }
      String remedy =
          mnist
              ? REMEDY
              : "set https_proxy=http://HOST:PORT where a proxy is needed, or name a folder with its"
                  + " four files with --data DIR";
      throw new DownloadException(failed + remedy, e);
    }
  }

  private Dataset ofEnvironment(Choice choice, String environment, Reading reading)
      throws IOException {
    try {
      Dataset named = read(choice, Path.of(environment), reading);
      if (!named.name().equals(published(Choice.MNIST).name())) {
        notices.warning(
            VARIABLE + ": the images in " + environment + " are not MNIST's, by their checksum");
      }
      return named;
    } catch (FormatException e) {
      throw new FormatException(VARIABLE, e);
    } catch (InvalidPathException e) {
      String name = VARIABLE + ": '" + environment + "'";
      String why = " cannot be used in this locale; set LC_ALL=C.UTF-8";
      throw new IOException(FormatException.oneLine(name + why), e);
    }
  }

  private Dataset read(Choice choice, Path source, Reading reading) throws FormatException {
    Dataset found = Dataset.of(ImageFiles.read(source, "", reading, notices), source, known);
    if (choice != Choice.AUTO && !found.name().equals(choice.toString())) {
      throw new FormatException(
          source,
          "its images are not %s's, by their checksum; to use them all the same, name the folder with --data and leave out --dataset %s"
              .formatted(published(choice).title(), choice));
    }
    return found;
  }

  /** The set of that name; MNIST where none is said. */
  private Published published(Choice choice) {
    String name = choice == Choice.AUTO ? Choice.MNIST.toString() : choice.toString();
    return known.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }
}
