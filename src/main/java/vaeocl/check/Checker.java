package vaeocl.check;

import java.util.List;
import java.util.Set;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.reference.HostMatrix;

/**
 * Runs cases on a device and holds every element of every output against the reference. Outputs are
 * poisoned with NaN before, padding of inputs too, and every buffer ends in a guard.
 */
public final class Checker implements AutoCloseable {
  private final DeviceBackend device;

  public Checker(ClDevice device, KernelSource source, Tiling tiling) {
    this(device, source, tiling, true);
  }

  /**
   * @param fuse whether kernels may carry out several operations at once
   */
  public Checker(ClDevice device, KernelSource source, Tiling tiling, boolean fuse) {
    // A simulator sees every access out of bounds, unless a guard makes room for it.
    boolean simulator = device.info().platform().startsWith("Oclgrind");
    Mode mode = simulator ? Mode.NORMAL : Mode.GUARDED;
    this.device = new DeviceBackend(device, source, tiling, mode, fuse);
  }

  /**
   * The outcome of a case.
   *
   * @param kernels the kernels that ran
   * @param error the largest |device − reference|
   * @param share the largest error as a share of what is allowed; above 1 is wrong, NaN too
   * @param worst where that was
   */
  public record Result(
      OpCase opCase, List<String> kernels, double error, double share, String worst) {
    public boolean passed() {
      return share <= 1;
    }

    private Result worse(double otherError, double allowed, String where) {
      double otherShare = otherError == 0 ? 0 : otherError / allowed;
      // Once NaN, always NaN: no comparison may lift it.
      boolean more = !Double.isNaN(share) && !(otherShare <= share);
      return new Result(
          opCase,
          kernels,
          Double.isNaN(error) || otherError <= error ? error : otherError,
          more ? otherShare : share,
          more ? where : worst);
    }
  }

  /** The kernels that would run a case. */
  public List<String> kernels(OpCase opCase) {
    try (Plan plan = device.compile(opCase.ops(), opCase.outputs())) {
      return kernels(plan);
    }
  }

  private static List<String> kernels(Plan plan) {
    return plan.launches().stream().map(l -> l.kernel()).distinct().toList();
  }

  /** Runs one case. */
  public Result run(OpCase opCase) {
    try (Expectation expected = new Expectation(opCase)) {
      return run(expected);
    }
  }

  /** Runs a case that others may run too. */
  public Result run(Expectation expected) {
    OpCase opCase = expected.opCase();
    Set<Tensor> outputs = opCase.outputs();
    opCase.ops().stream()
        .filter(op -> !feedsLatent(opCase, op))
        .forEach(device.inspect()::keepAllForms);
    try (Plan plan = device.compile(opCase.ops(), outputs)) {
      opCase.ops().forEach(op -> op.writes().forEach(device.inspect()::poison));
      expected.give(device);
      plan.run(Expectation.BATCH);
      device.finish();
      device.inspect().checkGuards();
      Result result = new Result(opCase, kernels(plan), 0, 0, "");
      for (Tensor t : outputs) {
        result = compare(result, t, expected.of(t));
      }
      return result;
    } finally {
      device.inspect().forget();
    }
  }

  /** Nothing wants what the latent space reads transposed, so kernels of several layers lack it. */
  private static boolean feedsLatent(OpCase opCase, Op op) {
    return opCase.ops().stream()
        .anyMatch(o -> o instanceof Op.Latent l && op.writes().contains(l.heads()));
  }

  private Result compare(Result result, Tensor t, HostMatrix expected) {
    if (t.role() == Role.SLOT) {
      int slot = Expectation.BATCH.slot();
      double error = Math.abs(device.sums(t, slot, 1)[0] - expected.value()[slot]);
      return result.worse(error, expected.bound()[slot], t.name());
    }
    Result worst = result;
    for (float[] form : device.inspect().readAllForms(t)) {
      for (int i = 0; i < form.length; i++) {
        String where = t.name() + "[" + i / t.cols() + "][" + i % t.cols() + "]";
        double bound = expected.bound()[i];
        if (!Double.isNaN(bound)) {
          worst = worst.worse(Math.abs(form[i] - expected.value()[i]), bound, where);
        } else if (!Float.isNaN(form[i])) {
          worst = worst.worse(Double.NaN, 1, where);
        }
      }
    }
    return worst;
  }

  @Override
  public void close() {
    device.close();
  }
}
