package vaeocl.opencl.device;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the text of kernels comes from: the jar, or a folder that replaces it. A file names what it
 * needs by {@code #include "lib/panel.cl"}, a path within {@code kernels}. Drivers have no such
 * folder, so includes are resolved here, with {@code #line}, so that a compiler's message points at
 * the right place.
 *
 * @param folder null for the jar
 */
public record KernelSource(Path folder) {
  private static final Pattern INCLUDE = Pattern.compile("\\s*#\\s*include\\s+\"([^\"]+)\".*");

  /** Means nothing where each file comes once, and compilers warn of it outside of headers. */
  private static final Pattern ONCE = Pattern.compile("\\s*#\\s*pragma\\s+once\\b.*");

  private static final String PACKED = "/kernels/";
  private static final String ENDING = ".cl";

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
   * All kernels, each file's text behind its name: where this is the same, so is what they compute.
   */
  public String all() {
    StringBuilder text = new StringBuilder();
    try {
      for (String file : files()) {
        text.append(file).append('\n').append(read(file, file));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot list the kernels", e);
    }
    return text.toString();
  }

  /** Every file's path within {@code kernels}, in one order. */
  private List<String> files() throws IOException, URISyntaxException {
    if (folder != null) {
      return files(folder);
    }
    URL known = KernelSource.class.getResource(PACKED + "probe.cl");
    if (known.openConnection() instanceof JarURLConnection packed) {
      try (JarFile jar = new JarFile(Path.of(packed.getJarFileURL().toURI()).toFile())) {
        String inside = PACKED.substring(1);
        return jar.stream()
            .map(JarEntry::getName)
            .filter(name -> name.startsWith(inside) && name.endsWith(ENDING))
            .map(name -> name.substring(inside.length()))
            .sorted()
            .toList();
      }
    }
    return files(Path.of(known.toURI()).getParent());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(ENDING))
          .sorted()
          .toList();
    }
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
      try (InputStream in = KernelSource.class.getResourceAsStream(PACKED + file)) {
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
