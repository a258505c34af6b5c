package vaeocl.opencl.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs of a device, each compiled once for each set of options. */
public final class Programs implements AutoCloseable {
  private static final String COMMON = "-cl-std=CL1.2 -cl-denorms-are-zero -cl-kernel-arg-info";

  private static final int LARGE_SUB_GROUP = 16;

  private final ClContext context;
  private final KernelSource source;
  private final String options;
  private final Map<String, KernelProgram> programs = new HashMap<>();

  /**
   * @param options for all programs, besides the {@link #options common} ones
   */
  public Programs(ClContext context, KernelSource source, String options) {
    this.context = context;
    this.source = source;
    this.options = options(options) + workarounds(options);
  }

  /** The compiler's options where a tiling adds its own. */
  public static String options(String more) {
    return (COMMON + " " + more).strip();
  }

  private String workarounds(String given) {
    // Oclgrind's search for uninitialised values does not know what optimisers make of code.
    String simulator = context.info().platform().startsWith("Oclgrind") ? " -cl-opt-disable" : "";
    // Intel's larger GPUs have sub-groups of 16 or 32, others of 8 too, and there they are taken.
    List<Integer> subGroups = context.device().subGroups();
    boolean large = !subGroups.isEmpty() && subGroups.get(0) == LARGE_SUB_GROUP;
    boolean wanted = large && !given.contains("-DSUB_GROUP=");
    return simulator + (wanted ? " -DSUB_GROUP=" + LARGE_SUB_GROUP : "");
  }

  /**
   * The program of a file of {@code kernels}.
   *
   * @param more options, as "-DNAME=value", or ""
   */
  public KernelProgram get(String file, String more) {
    return programs.computeIfAbsent(
        file + " " + more,
        key -> new KernelProgram(context, source.program(List.of(file)), file, with(more)));
  }

  /**
   * The program of a text behind those of some files.
   *
   * @param name of the text, for messages
   */
  public KernelProgram generate(List<String> files, String text, String name, String more) {
    String whole = source.program(files) + text;
    return programs.computeIfAbsent(
        whole + " " + more, key -> new KernelProgram(context, whole, name, with(more)));
  }

  private String with(String more) {
    return (options + " " + more).strip();
  }

  @Override
  public void close() {
    programs.values().forEach(KernelProgram::close);
    programs.clear();
  }
}
