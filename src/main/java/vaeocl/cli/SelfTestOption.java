package vaeocl.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.check.SelfTest;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.ops.Op;

/** {@code --no-self-test}: whether a device is trusted without a test of what it will run. */
final class SelfTestOption {
  static final String NAME = "--no-self-test";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = NAME,
      description =
          "Do not try every kernel out at the start, at the shapes of this run, and do not refuse a"
              + " device that computes wrongly.")
  private boolean none;

  private String kernels = KernelsOption.PACKED;
  private boolean resumed;

  /**
   * Knows from now on what a user may do about a device that is refused.
   *
   * @param origin where the kernels come from, as {@link KernelsOption#origin} has it
   * @param fixed whether a run goes on, whose kernels and tiling are fixed
   */
  SelfTestOption with(String origin, boolean fixed) {
    kernels = origin;
    resumed = fixed;
    return this;
  }

  /** Has every plan of a backend tried out before it is used. */
  void guard(DeviceBackend backend) {
    guard(backend, new HashSet<>());
  }

  /**
   * As above, of several backends on one device.
   *
   * @param tried operations that this device computed rightly; more are added
   */
  void guard(DeviceBackend backend, Set<List<Op>> tried) {
    if (none) {
      return;
    }
    DeviceInfo info = backend.context().info();
    if (SelfTest.tooSlowOn(info)) {
      spec.commandLine()
          .getErr()
          .println("vae-ocl: no self-test: " + info.name() + " simulates, see 'check --small'");
      spec.commandLine().getErr().flush();
      return;
    }
    backend.checkPlans(new SelfTest(backend, tried, remedy(backend)));
  }

  private String remedy(DeviceBackend backend) {
    String others =
        Stream.of(Tilings.GPU, Tilings.PLAIN)
            .map(Tilings::label)
            .filter(label -> !label.equals(backend.tiling().label()))
            .collect(Collectors.joining("|"));
    boolean packed = kernels.equals(KernelsOption.PACKED);
    List<String> remedies = new ArrayList<>();
    if (!packed) {
      remedies.add(resumed ? "mend the kernels in " + kernels : "leave out --kernels");
    }
    if (!resumed) {
      remedies.add("try --tiling " + others);
    }
    remedies.add((resumed && packed ? "try " : "") + "another --device");
    remedies.add("another version of its driver (now " + backend.context().info().driver() + ")");
    if (resumed) {
      remedies.add("a new run with --tiling " + others);
    }
    int last = remedies.size() - 1;
    return String.join(", ", remedies.subList(0, last))
        + ", or "
        + remedies.get(last)
        + "; "
        + NAME
        + " uses it all the same";
  }
}
