package vaeocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Java 24 and later warn of native libraries and of sun.misc.Unsafe, and will refuse them one day.
 * The jar, with the manifest that the build gives it, has nothing to be warned of or refused.
 */
class NewerJavaTest {
  private static final Path JAVAS = Path.of("/usr/lib/jvm");
  private static final int SINCE = 24;
  private static final Pattern ENTRY =
      Pattern.compile("<(Enable-Native-Access|Multi-Release)>([^<]+)</");

  @TempDir static Path temp;
  private static Path java;
  private static Path jar;

  @BeforeAll
  static void prepare() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    java = newer();
    assumeTrue(java != null, "missing: Java " + SINCE + " or newer below " + JAVAS);
    jar = jar(temp.resolve("vae-ocl.jar"));
  }

  private static Path newer() throws IOException {
    if (!Files.isDirectory(JAVAS)) {
      return null;
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(JAVAS)) {
      for (Path home : homes) {
        Path release = home.resolve("release");
        Matcher version =
            Pattern.compile("JAVA_VERSION=\"(\\d+)")
                .matcher(Files.exists(release) ? Files.readString(release) : "");
        Path program = home.resolve("bin").resolve("java");
        boolean fits = version.find() && Integer.parseInt(version.group(1)) >= SINCE;
        if (fits && Files.isExecutable(program)) {
          return program;
        }
      }
    }
    return null;
  }

  /** A jar with the pom's manifest, which takes its classes from where they lie. */
  private static Path jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, "vaeocl.Main");
    String path = System.getProperty("java.class.path");
    main.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    Matcher entry = ENTRY.matcher(Files.readString(Path.of("pom.xml")));
    while (entry.find()) {
      main.putValue(entry.group(1), entry.group(2));
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream closed = new JarOutputStream(out, manifest)) {
      closed.finish();
    }
    return file;
  }

  private static String run(List<String> options, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(args));
    Path err = Files.createTempFile(temp, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put(ChildJvm.VENDORS, ChildJvm.POCL.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = Files.readString(err);
    assertEquals(0, process.waitFor(), said);
    assertEquals("", said);
    return out;
  }

  /** A training with its report and event files, and the model's ways out of the program. */
  private static void everything(Path folder, String... options) throws Exception {
    List<String> java = List.of(options);
    String run = folder.resolve("run").toString();
    String data = TestData.digitsFolder(folder.resolve("digits"), 300, 40).toString();
    run(java, "train", "--data", data, "--epochs", "1", "--tensorboard", "--out", run);
    run(java, "export", run, "--onnx", folder.resolve("a.onnx").toString());
    String version = run(java, "--version");
    assertTrue(version.contains("Portable Computing Language"), version);
  }

  @Test
  void nothingIsWarnedOf() throws Exception {
    everything(Files.createDirectory(temp.resolve("warned")));
  }

  @Test
  void nothingNeedsWhatWillBeRefused() throws Exception {
    everything(
        Files.createDirectory(temp.resolve("refused")),
        "--illegal-native-access=deny",
        "--sun-misc-unsafe-memory-access=deny");
  }

  /** What needs no device: files, images, arithmetic. */
  @Test
  void theSuiteWithoutDevicesPasses() throws Exception {
    Path log = temp.resolve("suite.log");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "-Djava.awt.headless=true"));
    command.add(NewerJavaTest.class.getName());
    command.addAll(List.of("formats", "data", "random", "compression", "ops", "sweep"));
    ProcessBuilder builder = new ProcessBuilder(command);
    int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    String said = Files.readString(log);
    assertEquals(0, status, said);
    assertTrue(said.contains("failures: []\n"), said);
  }

  /** The process: the tests of some packages. */
  public static void main(String[] packages) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (String name : packages) {
      request.selectors(DiscoverySelectors.selectPackage("vaeocl." + name));
    }
    LauncherFactory.create().execute(request.build(), summary);
    long run = summary.getSummary().getTestsSucceededCount();
    System.out.print(run + " succeeded, failures: " + failures(summary) + "\n");
    System.exit(run > 0 && failures(summary).isEmpty() ? 0 : 1);
  }

  private static List<String> failures(SummaryGeneratingListener summary) {
    return summary.getSummary().getFailures().stream()
        .map(f -> f.getTestIdentifier().getDisplayName() + ": " + f.getException())
        .toList();
  }
}
