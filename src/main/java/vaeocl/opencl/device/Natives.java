package vaeocl.opencl.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads the native halves of JOCL and JOCLBlast safely. {@link #load} comes before the first touch
 * of {@link org.jocl.CL}.
 *
 * <p>JOCL unpacks its library to a fixed name in {@code java.io.tmpdir} and loads whatever already
 * lies there: a truncated file crashes the process, a planted one runs, and two first starts at
 * once collide. So that property points at a fresh folder of this user alone while JOCL loads.
 * Afterwards the folder is removed; the mapped library stays.
 *
 * <p>PoCL before 4.0 installs a SIGFPE handler, after which an integer division by zero in compiled
 * Java returns 1 instead of throwing. {@code POCL_SIGFPE_HANDLER=0} cures it, but Java cannot set
 * its own environment: divisors that may be zero are validated throughout this program.
 */
final class Natives {
  private static final String TMPDIR = "java.io.tmpdir";
  private static final String PREFIX = "vae-ocl-native-";

  /** No process takes so long to load a library. */
  private static final Duration STALE = Duration.ofDays(1);

  /** Bytes that are enough for what is unpacked, of which CLBlast is most. */
  private static final long SPACE = 8 << 20;

  private static boolean loaded;
  private static String failure;

  private Natives() {}

  /**
   * Makes {@link org.jocl.CL} usable; cheap after the first call.
   *
   * @throws NoDeviceException if JOCL's library or the system's OpenCL cannot be loaded, with one
   *     line that says what to do
   */
  static synchronized void load() {
    if (failure != null) {
      throw new NoDeviceException(failure);
    }
    if (!loaded) {
      try {
        initialise("org.jocl.CL");
        loaded = true;
      } catch (NoDeviceException e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  /**
   * Makes {@code org.jocl.blast.CLBlast} usable.
   *
   * @return why that is impossible here, as a sentence; empty where it worked
   */
  static synchronized Optional<String> loadClBlast() {
    load();
    try {
      initialise("org.jocl.blast.CLBlast");
      return Optional.empty();
    } catch (NoDeviceException e) {
      return Optional.of("CLBlast is not available: " + e.getMessage());
    }
  }

  private static void initialise(String className) {
    Path folder = privateFolder();
    String before = System.getProperty(TMPDIR);
    System.setProperty(TMPDIR, folder.toString());
    try {
      Class.forName(className, true, Natives.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoDeviceException(className + " is missing from this build", e);
    } catch (LinkageError e) {
      throw new NoDeviceException(LoadFailure.describe(String.valueOf(e.getMessage())), e);
    } finally {
      System.setProperty(TMPDIR, before);
      remove(folder);
    }
  }

  /** A fresh folder for temporary files, or below the user's cache if those may not be executed. */
  private static Path privateFolder() {
    List<String> problems = new ArrayList<>();
    for (Path parent : parents()) {
      try {
        Files.createDirectories(parent);
        Path folder = Files.createTempDirectory(parent, PREFIX, mode(parent));
        boolean executable = allowsExecution(folder);
        sweep(parent);
        if (executable && Files.getFileStore(folder).getUsableSpace() >= SPACE) {
          return folder;
        }
        remove(folder);
        problems.add(parent + (executable ? " is full" : " forbids execution (mounted noexec)"));
      } catch (IOException e) {
        problems.add(parent + " cannot be written");
      }
    }
    throw new NoDeviceException(
        "cannot unpack the OpenCL binding: "
            + String.join("; ", problems)
            + ". Start Java with -Djava.io.tmpdir=DIR, a folder that allows both");
  }

  private static List<Path> parents() {
    List<Path> parents = new ArrayList<>();
    parents.add(Path.of(System.getProperty(TMPDIR)).toAbsolutePath());
    absolute(System.getenv("XDG_CACHE_HOME"))
        .or(() -> absolute(System.getenv("HOME")).map(home -> home.resolve(".cache")))
        .or(() -> absolute(System.getProperty("user.home")).map(home -> home.resolve(".cache")))
        .ifPresent(parents::add);
    return parents;
  }

  /** A user whom the system does not know has the home folder "?". */
  private static Optional<Path> absolute(String name) {
    try {
      return Optional.ofNullable(name).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Asked of the system, since a class whose initialiser has failed cannot be tried again. */
  private static boolean allowsExecution(Path folder) throws IOException {
    Path probe = Files.createFile(folder.resolve("probe"), mode(folder));
    return Files.isExecutable(probe);
  }

  private static FileAttribute<?>[] mode(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
  }

  /** Removes what killed processes left, and on Windows those that ended well. */
  static void sweep(Path parent) throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(STALE));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).compareTo(limit) < 0) {
          remove(folder);
        }
      }
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Windows keeps a loaded library's file; the folder is private and holds nothing else.
      System.getLogger(Natives.class.getName())
          .log(System.Logger.Level.DEBUG, "left behind: " + folder, e);
    }
  }
}
