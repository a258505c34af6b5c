package vaeocl.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.check.SelfTest;
import vaeocl.opencl.DeviceBackend;

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
    backend.checkPlans(new SelfTest(backend));
  }
}
