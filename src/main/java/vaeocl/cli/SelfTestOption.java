package vaeocl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.check.SelfTest;
import vaeocl.opencl.Tilings;

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

  /**
   * A setup with the test that the user wants.
   *
   * @param resumed whether a run goes on, whose kernels and tiling are fixed
   */
  DeviceSetup of(DeviceSetup setup, boolean resumed) {
    return setup.withSelfTest(!none, remedy(setup, resumed));
  }

  /** An open device; says where there is no test of it although nobody said so. */
  Device said(Device device) {
    if (!none && SelfTest.tooSlowOn(device.info())) {
      spec.commandLine()
          .getErr()
          .println(
              "vae-ocl: no self-test: " + device.info().name() + " simulates, see 'check --small'");
      spec.commandLine().getErr().flush();
    }
    return device;
  }

  /** What to do where a device computes wrongly. */
  static String remedy(DeviceSetup setup, boolean resumed) {
    String others =
        Stream.of(Tilings.GPU, Tilings.PLAIN)
            .map(Tilings::label)
            .filter(label -> !label.equals(setup.tiling().label()))
            .collect(Collectors.joining("|"));
    String kernels = setup.kernelsOrigin();
    boolean packed = kernels.equals(DeviceSetup.PACKED);
    List<String> remedies = new ArrayList<>();
    if (!packed) {
      remedies.add(resumed ? "mend the kernels in " + kernels : "leave out --kernels");
    }
    if (!resumed) {
      remedies.add("try --tiling " + others);
    }
    remedies.add((resumed && packed ? "try " : "") + "another --device");
    remedies.add("another version of its driver (now " + setup.info().driver() + ")");
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
