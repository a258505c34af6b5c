package vaeocl.opencl.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What PoCL needs of the computer to compile for a CPU: a cache that it may write, even where it
 * holds everything, and a linker. Without a cache it has no device, or every program fails without
 * a reason; without a linker it ends the process at the first kernel that is not in its cache.
 *
 * @param environment variables of the process
 */
record PoclNeeds(Map<String, String> environment) {
  static final String PLATFORM = "Portable Computing Language";

  /** Later versions may link within the process. */
  private static final Pattern CALLS_LINKER = Pattern.compile("[0-6]\\b.*");

  /** The linker by the names that Clang's driver looks for, such as x86_64-linux-gnu-ld. */
  private static final String LINKERS = "{ld,*-ld,ld.*}";

  /** The cache's depth: two folders of a program, a kernel, its work-group's size, the file. */
  private static final int DEPTH = 5;

  /**
   * What is missing, as the end of a sentence that begins with the device; empty where nothing is.
   *
   * @param driver the driver's version
   */
  Optional<String> missing(String driver) {
    boolean links = CALLS_LINKER.matcher(driver).matches();
    return cacheProblem()
        .or(
            () ->
                links && !hasLinker() && !hasKernels()
                    ? Optional.of(
                        "needs a linker to compile for, and no folder of PATH has 'ld': apt-get"
                            + " install binutils, or add its folder to PATH")
                    : Optional.empty());
  }

  /** Why the cache is of no use, as {@link #missing}. */
  Optional<String> cacheProblem() {
    Path there = cache().toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Optional.empty()
        : Optional.of(
            "cannot write PoCL's cache, " + cache() + ": name another folder in POCL_CACHE_DIR");
  }

  private Path cache() {
    String own = variable("POCL_CACHE_DIR");
    String caches = variable("XDG_CACHE_HOME");
    String home = variable("HOME");
    return !own.isEmpty()
        ? Path.of(own)
        : !caches.isEmpty()
            ? Path.of(caches, "pocl", "kcache")
            : !home.isEmpty()
                ? Path.of(home, ".cache", "pocl", "kcache")
                : Path.of("/tmp", "pocl", "kcache");
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private boolean hasLinker() {
    String separator = Pattern.quote(System.getProperty("path.separator"));
    return Stream.of(variable("PATH").split(separator, -1)).anyMatch(PoclNeeds::holdsLinker);
  }

  private static boolean holdsLinker(String folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), LINKERS)) {
      for (Path file : found) {
        if (Files.isExecutable(file)) {
          return true;
        }
      }
      return false;
    } catch (IOException | InvalidPathException e) {
      return false; // as for whoever looks for a program there
    }
  }

  /** Whether kernels were linked before, by this computer or by whoever made its image. */
  private boolean hasKernels() {
    var libraries = FileSystems.getDefault().getPathMatcher("glob:*.so");
    try (Stream<Path> files =
        Files.find(cache(), DEPTH, (f, a) -> libraries.matches(f.getFileName()))) {
      return files.findAny().isPresent();
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
