package vaeocl.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.check.SelfTest;
import vaeocl.opencl.DeviceBackend;
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
    if (SelfTest.tooSlowOn(backend.context().info())) {
      String name = backend.context().info().name();
      spec.commandLine()
          .getErr()
          .println("vae-ocl: no self-test: " + name + " simulates, see 'check --small'");
      spec.commandLine().getErr().flush();
      return;
    }
    backend.checkPlans(new SelfTest(backend, tried));
  }
}
