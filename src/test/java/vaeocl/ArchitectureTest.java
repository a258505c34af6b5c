package vaeocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which: data flows one way, and a new package has to be listed here.
 *
 * <p>Longer than 250 lines: every arrow has its line.
 */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path CLASSES = Path.of("target", "classes");

  /** Packages of ours that each may use besides itself. "" is the one of Main. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("", Set.of("cli")),
          Map.entry("random", Set.of()),
          Map.entry("formats", Set.of()),
          Map.entry("ops", Set.of()),
          Map.entry("data", Set.of("formats", "random")),
          Map.entry("compression", Set.of("formats", "data")),
          Map.entry("reference", Set.of("ops", "random")),
          Map.entry("opencl/device", Set.of("ops")),
          Map.entry("opencl/plan", Set.of("opencl/device", "ops", "random")),
          Map.entry("opencl/plain", Set.of("opencl/device", "opencl/plan", "ops")),
          Map.entry("opencl/cpu", Set.of("opencl/device", "opencl/plan", "ops")),
          Map.entry("opencl/gpu", Set.of("opencl/device", "opencl/plan", "ops")),
          Map.entry(
              "opencl",
              Set.of(
                  "opencl/device",
                  "opencl/plan",
                  "opencl/plain",
                  "opencl/cpu",
                  "opencl/gpu",
                  "ops")),
          Map.entry("locality", Set.of("ops")),
          Map.entry("model", Set.of("ops", "random", "formats", "data")),
          Map.entry("train", Set.of("model", "data", "ops", "locality", "random", "formats")),
          Map.entry(
              "check",
              Set.of("ops", "model", "reference", "opencl", "opencl/device", "opencl/plan")),
          Map.entry(
              "bench",
              Set.of("ops", "opencl", "opencl/device", "locality", "model", "train", "data")),
          Map.entry(
              "tune",
              Set.of(
                  "check",
                  "data",
                  "formats",
                  "locality",
                  "model",
                  "opencl",
                  "opencl/device",
                  "opencl/plan",
                  "ops",
                  "train")),
          Map.entry("sweep", Set.of("formats")),
          Map.entry("compare", Set.of("model", "data", "ops", "train", "formats")),
          Map.entry(
              "lab",
              Set.of(
                  "compare", "compression", "data", "formats", "model", "ops", "sweep", "train")),
          Map.entry(
              "report", Set.of("compare", "compression", "data", "formats", "lab", "model", "ops")),
          Map.entry(
              "api",
              Set.of(
                  "check",
                  "data",
                  "formats",
                  "locality",
                  "model",
                  "opencl",
                  "opencl/device",
                  "opencl/plan",
                  "ops",
                  "train")),
          Map.entry(
              "cli",
              Set.of(
                  "api",
                  "bench",
                  "check",
                  "compare",
                  "compression",
                  "data",
                  "formats",
                  "lab",
                  "locality",
                  "model",
                  "opencl",
                  "opencl/device",
                  "opencl/plan",
                  "ops",
                  "report",
                  "sweep",
                  "train",
                  "tune")));

  /** Where each library may be used. The JDK may be used everywhere. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "org.jocl", Set.of("opencl/device"),
          "picocli", Set.of("cli"),
          "me.tongfei.progressbar", Set.of("cli"),
          "com.fasterxml.jackson", Set.of("formats", "train", "bench", "report", "tune", "cli"),
          "com.google.protobuf", Set.of("formats"),
          "org.knowm.xchart", Set.of("report"),
          "org.apache.commons.math3", Set.of("cli", "compare", "compression", "model"),
          "com.sun.management", Set.of("cli")); // the JDK's, for the size of memory

  /** A native library is loaded once a process, so whether it is loaded belongs to the process. */
  private static final Set<String> STATE_OF_THE_PROCESS =
      Set.of("vaeocl.opencl.device.Natives.loaded", "vaeocl.opencl.device.Natives.failure");

  private static final Pattern COMMENT_OR_STRING =
      Pattern.compile("//[^\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
  // Imports, and names written out in full.
  private static final Pattern OURS = Pattern.compile("\\bvaeocl((?:\\.[a-z]\\w*)+)");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertTrue(sources.size() > 0, "no sources in " + SOURCES.toAbsolutePath());
      return sources;
    }
  }

  private static String room(Path source) {
    Path parent = SOURCES.resolve("vaeocl").relativize(source.getParent());
    return parent.toString().replace('\\', '/');
  }

  /** Source text without comments and strings. */
  private static String code(Path source) throws IOException {
    return COMMENT_OR_STRING.matcher(Files.readString(source)).replaceAll("\"\"");
  }

  private static Set<String> packages(String code) {
    return OURS.matcher(code)
        .results()
        .map(m -> m.group(1).substring(1).replace('.', '/'))
        .collect(Collectors.toSet());
  }

  private static Set<String> imports(String code) {
    return IMPORT.matcher(code).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  @Test
  void packagesKnowOnlyWhatTheyMay() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path source : sources()) {
      String room = room(source);
      Set<String> allowed = ARROWS.get(room);
      assertTrue(allowed != null, "say in ArchitectureTest what package '" + room + "' may use");
      String code = code(source);
      for (String other : packages(code)) {
        if (!other.equals(room) && !allowed.contains(other)) {
          wrong.add(source + " uses vaeocl." + other);
        }
      }
      for (String name : imports(code)) {
        if (!name.startsWith("vaeocl.") && !jdk(name) && !library(name, room)) {
          wrong.add(source + " imports " + name);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatIsAllowedIsUsed() throws IOException {
    Set<String> unused = new TreeSet<>();
    ARROWS.forEach((room, uses) -> uses.forEach(other -> unused.add(room + " to " + other)));
    LIBRARIES.forEach((name, rooms) -> rooms.forEach(room -> unused.add(room + " to " + name)));
    for (Path source : sources()) {
      String code = code(source);
      packages(code).forEach(other -> unused.remove(room(source) + " to " + other));
      for (String library : LIBRARIES.keySet()) {
        if (imports(code).stream().anyMatch(name -> name.startsWith(library + "."))) {
          unused.remove(room(source) + " to " + library);
        }
      }
    }
    assertEquals(Set.of(), unused, "allowed, but nobody uses it");
  }

  private static boolean jdk(String name) {
    return Stream.of("java.", "javax.", "com.sun.net.httpserver.").anyMatch(name::startsWith);
  }

  private static boolean library(String name, String room) {
    return LIBRARIES.entrySet().stream()
        .anyMatch(l -> name.startsWith(l.getKey() + ".") && l.getValue().contains(room));
  }

  @Test
  void arrowsHaveNoWayBack() {
    ARROWS.forEach(
        (room, uses) ->
            assertTrue(!reachable(room).contains(room), room + " can be reached from itself"));
  }

  private static Set<String> reachable(String room) {
    Set<String> seen = new TreeSet<>();
    List<String> todo = new ArrayList<>(ARROWS.get(room));
    while (!todo.isEmpty()) {
      String next = todo.remove(todo.size() - 1);
      if (seen.add(next)) {
        todo.addAll(ARROWS.get(next));
      }
    }
    return seen;
  }

  @Test
  void nothingMutableIsStatic() throws Exception {
    Set<String> found = new TreeSet<>();
    int classes = 0;
    List<Path> files;
    try (Stream<Path> walk = Files.walk(CLASSES.resolve("vaeocl"))) {
      files = walk.filter(f -> f.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = CLASSES.relativize(file).toString().replace('/', '.').replace('\\', '.');
      Class<?> type =
          Class.forName(
              name.substring(0, name.length() - ".class".length()),
              false,
              getClass().getClassLoader());
      classes++;
      for (Field field : type.getDeclaredFields()) {
        boolean fixed = Modifier.isFinal(field.getModifiers());
        String full = type.getName() + "." + field.getName();
        if (Modifier.isStatic(field.getModifiers()) && !fixed) {
          found.add(full);
        }
      }
    }
    assertTrue(classes > 0, "no classes in " + CLASSES.toAbsolutePath());
    assertEquals(new TreeSet<>(STATE_OF_THE_PROCESS), found);
  }
}
