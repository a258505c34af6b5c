package vaeocl.opencl.device;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the text of kernels comes from: the jar, or a folder that replaces it. A file names what it
 * needs by {@code #include "lib/panel.cl"}, a path within {@code kernels}. Drivers have no such
 * folder, so includes are resolved here, with {@code #line}, so that a compiler's message points at
 * the right place.
 */
public final class KernelSource {
  private static final Pattern INCLUDE = Pattern.compile("\\s*#\\s*include\\s+\"([^\"]+)\".*");

  /** Means nothing where each file comes once, and compilers warn of it outside of headers. */
  private static final Pattern ONCE = Pattern.compile("\\s*#\\s*pragma\\s+once\\b.*");

  private final Path folder;

  private KernelSource(Path folder) {
    this.folder = folder;
  }

  /** The kernels packed into the program. */
  public static KernelSource packed() {
    return new KernelSource(null);
  }

  /** Kernels read from a folder, which must hold all of them. */
  public static KernelSource folder(Path folder) {
    return new KernelSource(folder);
  }

  /**
   * The whole text of a program of some files, with what they include, each file once.
   *
   * @throws UncheckedIOException if a file is missing; an include's says where it was wanted
   */
  String program(List<String> files) {
    Set<String> done = new HashSet<>();
    StringBuilder text = new StringBuilder();
    for (String file : files) {
      if (done.add(file)) {
        append(text, file, file, done);
      }
    }
    return text.toString();
  }

  /**
   * @param wanted for a message: the file, or who includes it
   */
  private void append(StringBuilder text, String file, String wanted, Set<String> done) {
    text.append("#line 1 \"").append(file).append("\"\n");
    int number = 0;
    for (String line : read(file, wanted).lines().toList()) {
      number++;
      Matcher include = INCLUDE.matcher(line);
      if (include.matches() && done.add(include.group(1))) {
        String name = include.group(1);
        append(text, name, file + ":" + number + " includes " + name, done);
        text.append("#line ").append(number + 1).append(" \"").append(file).append("\"\n");
      } else {
        boolean dropped = include.matches() || ONCE.matcher(line).matches();
        text.append(dropped ? "" : line).append('\n');
      }
    }
  }

  private String read(String file, String wanted) {
    try {
      if (folder != null) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) { // a pipe would hang
          throw new FileNotFoundException(wanted + " (no such file in " + folder + ")");
        }
        return Files.readString(path);
      }
      try (InputStream in = KernelSource.class.getResourceAsStream("/kernels/" + file)) {
        if (in == null) {
          throw new FileNotFoundException(wanted + " (missing from the jar: build it again)");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
