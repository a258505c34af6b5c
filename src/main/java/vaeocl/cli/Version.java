package vaeocl.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vaeocl.api.RunConditions;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.PlatformInfo;

/** The version of this program, from the jar's manifest, and what it runs on. */
public final class Version implements IVersionProvider {
  @Spec private CommandSpec spec;

  /** The version, or "dev" where the program does not run from its jar. */
  public static String number() {
    return RunConditions.version();
  }

  /** Where a driver ends the process as it is loaded, the first lines are out already. */
  @Override
  public String[] getVersion() {
    return lines(spec.commandLine().getOut(), Devices::list).toArray(String[]::new);
  }

  /** Prints what is known without drivers; the lines that need them. */
  static List<String> lines(PrintWriter out, Supplier<List<PlatformInfo>> platforms) {
    host().forEach(out::println);
    out.flush();
    return openCl(platforms);
  }

  private static List<String> host() {
    return List.of(
        "vae-ocl " + number(),
        "Java " + property("java.runtime.version") + " (" + property("java.vendor") + ")",
        property("os.name") + " " + property("os.version") + " " + property("os.arch"));
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }

  /** A line for each platform, or one that says why there is none. */
  private static List<String> openCl(Supplier<List<PlatformInfo>> platforms) {
    List<String> lines = new ArrayList<>();
    try {
      for (PlatformInfo platform : platforms.get()) {
        Stream<String> drivers =
            platform.devices().stream().map(d -> d.info().name() + ", driver " + d.info().driver());
        String found =
            Stream.concat(drivers, Stream.of(platform.note()).filter(note -> !note.isEmpty()))
                .distinct()
                .collect(Collectors.joining("; "));
        lines.add(platform.name() + ", " + platform.version() + ": " + found);
      }
    } catch (RuntimeException | LinkageError e) {
      lines.add("OpenCL: " + Failure.of(e).message());
    }
    return lines;
  }
}
