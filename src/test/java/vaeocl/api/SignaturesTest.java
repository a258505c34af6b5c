package vaeocl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller sees of the library is neither the command line's nor the report's. */
class SignaturesTest {
  /** Types that callers get to see, from their packages alone. */
  private static final Pattern FOREIGN = Pattern.compile("vaeocl\\.(?!api\\b)([a-z]+)\\b");

  private static List<Class<?>> types() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("target", "classes", "vaeocl", "api"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          types.add(Class.forName("vaeocl.api." + name));
        }
      }
    }
    assertTrue(types.size() > 8, types.toString());
    return types;
  }

  private static boolean seen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** All types in what is public of a class. */
  private static Stream<Type> types(Class<?> type) {
    Stream<Type> above =
        Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()),
            Arrays.stream(type.getGenericInterfaces()));
    Stream<? extends AccessibleObject> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    return Stream.concat(above, members.flatMap(SignaturesTest::types));
  }

  private static Stream<Type> types(AccessibleObject member) {
    if (member instanceof Field f) {
      return seen(f.getModifiers()) ? Stream.of(f.getGenericType()) : Stream.of();
    }
    Executable e = (Executable) member;
    if (!seen(e.getModifiers())) {
      return Stream.of();
    }
    Stream<Type> result = e instanceof Method m ? Stream.of(m.getGenericReturnType()) : Stream.of();
    Stream<Type> given = Arrays.stream(e.getGenericParameterTypes());
    return Stream.of(result, given, Arrays.stream(e.getGenericExceptionTypes()))
        .flatMap(types -> types);
  }

  @Test
  void noSignatureNamesTheCommandLineOrTheReport() throws Exception {
    TreeSet<String> packages = new TreeSet<>();
    for (Class<?> type : types()) {
      if (seen(type.getModifiers())) {
        types(type)
            .flatMap(t -> FOREIGN.matcher(t.getTypeName()).results())
            .forEach(found -> packages.add(found.group(1)));
      }
    }
    // Values and errors that the library shares with the program; a package more is a decision.
    assertEquals(
        new TreeSet<>(List.of("data", "formats", "model", "opencl", "ops", "train")), packages);
  }

  @Test
  void aPlantedSignatureIsFound() {
    TreeSet<String> found = new TreeSet<>();
    types(Planted.class)
        .flatMap(t -> FOREIGN.matcher(t.getTypeName()).results())
        .forEach(match -> found.add(match.group(1)));
    assertEquals(new TreeSet<>(List.of("cli", "report")), found);
  }

  /** As no class of the library is. */
  public static final class Planted {
    private Planted() {}

    public List<vaeocl.report.RunData> generic() throws IOException {
      return List.of();
    }

    public void given(vaeocl.cli.UserError error) {}
  }

  @Test
  void whatHoldsADeviceIsClosed() {
    for (Class<?> type : List.of(Device.class, Model.class)) {
      assertTrue(AutoCloseable.class.isAssignableFrom(type), type.toString());
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        assertTrue(!Modifier.isPublic(constructor.getModifiers()), constructor.toString());
      }
    }
  }
}
