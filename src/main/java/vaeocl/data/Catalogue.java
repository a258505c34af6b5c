package vaeocl.data;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
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

  private final Cache cache;
  private final Published published;
  private final Notices notices;

  /** What the user asked for. */
  public enum Choice {
    /** MNIST, or the built-in digits where no source was named and none can be reached. */
    AUTO,
    /** MNIST or an error. */
    MNIST,
    /** The built-in digits. */
    DIGITS;

    /** As written on the command line: in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A catalogue that downloads MNIST from its public mirrors.
   *
   * @param cache where downloads are kept, see {@link #cacheFolder}; made when it is needed; null
   *     if there is no place for it
   * @param notices is told of downloads and of a fallback
   * @param environment variables by name, or null for those that are not set: they name proxies
   */
  public Catalogue(Path cache, Notices notices, UnaryOperator<String> environment) {
    this(cache, notices, Published.MNIST, Fetch.through(new Proxies(environment)));
  }

  /** As above, with other mirrors and limits; for tests. */
  Catalogue(Path cache, Notices notices, Published published, Fetch fetch) {
    this.cache = new Cache(cache, published, fetch, notices);
    this.published = published;
    this.notices = notices;
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
   * Loads the data set. What is called MNIST has MNIST's contents, wherever it comes from.
   *
   * @param data the folder named on the command line, or null
   * @param environment the value of {@link #VARIABLE}, or null; empty counts as unset
   * @throws FormatException if a named folder is unusable, or named although digits are wanted, or
   *     does not hold MNIST although that is wanted
   * @throws DownloadException if MNIST was asked for by name and cannot be had
   * @throws java.io.InterruptedIOException if the thread was interrupted during a download
   */
  public Dataset load(Choice choice, Path data, String environment) throws IOException {
    if (choice == Choice.DIGITS) {
      if (data != null) {
        throw new FormatException(data, "--dataset digits draws its own images; leave out --data");
      }
      return Digits.standard();
    }
    if (data != null) {
      return read(choice, data);
    }
    if (environment != null && !environment.isEmpty()) {
      try {
        Dataset named = read(choice, Path.of(environment));
        if (!named.sha256().equals(published.sha256())) {
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
    try {
      return cache.get();
    } catch (DownloadException e) {
      if (choice == Choice.MNIST) {
        String message = "MNIST could not be downloaded (" + e.getMessage() + "); " + REMEDY;
        throw new DownloadException(message, e);
      }
      notices.warning(
          "MNIST could not be downloaded ("
              + e.getMessage()
              + "); using the built-in digits, whose figures do not compare with MNIST's. For MNIST, "
              + REMEDY);
      return Digits.standard();
    }
  }

  private Dataset read(Choice choice, Path folder) throws FormatException {
    Dataset found = IdxFolder.read(folder, published.sha256());
    if (choice == Choice.MNIST && !found.sha256().equals(published.sha256())) {
      throw new FormatException(
          folder,
          "its images are not MNIST's, by their checksum; to use them all the same, name the folder"
              + " with --data and leave out --dataset mnist");
    }
    return found;
  }
}
