package vaeocl.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vaeocl.check.PartialReference.Part;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.PlanCheck;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * Tries every plan out as it is compiled, at the shapes at which it will run: one batch of random
 * inputs, outputs poisoned before, some rows and columns of what each operation writes held against
 * the reference. It is the plan's warm-up as well; parameters stay as they are, of all else it
 * leaves zeros.
 */
public final class SelfTest implements PlanCheck {
  /** Larger numbers may overflow in the making. */
  private static final double BEYOND = 1e30;

  private final DeviceBackend device;
  private final Set<List<Op>> tried;
  private final String remedy;

  /**
   * @param tried operations that backends on this device computed rightly before, which are not
   *     tried again; more are added
   * @param remedy what to do where the device is refused, the end of a sentence
   */
  public SelfTest(DeviceBackend device, Set<List<Op>> tried, String remedy) {
    this.device = device;
    this.tried = tried;
    this.remedy = remedy;
  }

  /** Whether a device is a simulator, which takes minutes for a batch at real shapes. */
  public static boolean tooSlowOn(DeviceInfo device) {
    return device.platform().startsWith("Oclgrind");
  }

  /** What a run wrote, as it lies in memory, and the sums in its slots. */
  private record Outcome(Map<Tensor, List<float[]>> memory, Map<Tensor, List<Double>> sums) {}

  /**
   * @throws WrongDeviceException where the device computes wrongly
   */
  @Override
  public void check(List<Op> ops, Plan plan) {
    if (ops.stream().allMatch(Op.Binarize.class::isInstance)) {
      return; // of no batch, and every bit of it has its case in Cases
    }
    List<Op> unseeded = ops.stream().map(SelfTest::unseeded).toList();
    if (tried.contains(unseeded)) {
      return;
    }
    OpCase all = new OpCase("self-test", ops, Set.of(), false, Ink.DRAWN);
    Trial trial = Trial.of(all, device);
    Map<Tensor, List<float[]>> before = parameters(all);
    Batches one = trial.batches();
    run(trial, all, plan, one);
    compare(trial, ops, plan);
    if (device.inspect().joined(plan)) {
      // Launches that are parts of one run by themselves too, and give the same bits.
      Outcome joined = outcome(one, all, plan);
      run(trial, all, plan, one);
      requireSame(ops, plan, joined, outcome(one, all, plan), "its launches run one by one");
    }
    Batches pair = trial.pair();
    if (pair != null) {
      run(trial, all, plan, pair);
      Outcome together = outcome(pair, all, plan);
      int rows = trial.batch();
      run(trial, all, plan, pair.part(0, 1, rows), pair.part(1, 1, rows));
      requireSame(ops, plan, together, outcome(pair, all, plan), "two batches run one by one");
    }
    all.inputs().stream()
        .filter(t -> t.role() != Role.DATASET)
        .forEach(t -> device.inspect().clear(t));
    all.outputs().forEach(t -> device.inspect().clear(t));
    before.forEach((t, memory) -> device.inspect().writeRaw(t, memory.get(0)));
    tried.add(unseeded);
  }

  /** With another seed it is the same kernel. */
  private static Op unseeded(Op op) {
    return op instanceof Op.Latent l
        ? new Op.Latent(l.z(), l.eps(), l.kl(), l.heads(), l.order(), l.sampling(), 0)
        : op;
  }

  /** A plan may come to a net that is trained already. */
  private Map<Tensor, List<float[]>> parameters(OpCase ops) {
    return ops.inputs().stream()
        .filter(t -> t.role() == Role.WEIGHT || t.role() == Role.BIAS)
        .filter(t -> !device.inspect().readRaw(t).isEmpty())
        .collect(Collectors.toMap(t -> t, device.inspect()::readRaw));
  }

  private void run(Trial trial, OpCase ops, Plan plan, Batches... runs) {
    ops.outputs().forEach(device.inspect()::poison);
    trial.give(device, ops.inputs());
    for (Batches batches : runs) {
      plan.run(batches);
    }
    device.finish();
  }

  private double sum(Trial trial, Tensor slots) {
    return device.sums(slots, trial.batches().slot(), 1)[0];
  }

  private Outcome outcome(Batches batches, OpCase ops, Plan plan) {
    Outcome outcome = new Outcome(new HashMap<>(), new HashMap<>());
    for (Tensor t : ops.outputs()) {
      if (t.role() == Role.SLOT) {
        double[] sums = device.sums(t, batches.slot(), batches.count());
        outcome.sums().put(t, Arrays.stream(sums).boxed().toList());
      } else if (device.inspect().keeps(plan, t)) {
        outcome.memory().put(t, device.inspect().readRaw(t));
      }
    }
    return outcome;
  }

  private void compare(Trial trial, List<Op> ops, Plan plan) {
    PartialReference reference = new PartialReference(trial, trial.values(device));
    for (Op op : ops) {
      for (Part part : op.accept(reference)) {
        Tensor t = part.tensor();
        if (t.role() == Role.SLOT) {
          compare(op, plan, part, (row, col) -> sum(trial, t));
        } else if (device.inspect().keeps(plan, t)) {
          boolean parameter = t.role() == Role.WEIGHT || t.role() == Role.BIAS;
          for (float[] form :
              parameter ? device.inspect().readRaw(t) : device.inspect().readAllForms(t)) {
            Values values = parameter ? Trial.inMemory(device, t, form) : Values.of(form, t.cols());
            compare(op, plan, part, values::at);
            if (!parameter) {
              requireWritten(op, plan, t, form, trial.batch());
            }
            reference.know(t, values);
          }
        }
      }
    }
  }

  private interface Found {
    double at(int row, int col);
  }

  private void compare(Op op, Plan plan, Part part, Found found) {
    int[] cols = part.cols();
    for (int i = 0; i < part.rows().length * cols.length; i++) {
      int row = part.rows()[i / cols.length];
      int col = cols[i % cols.length];
      double is = found.at(row, col);
      double expected = part.expected().value()[i];
      // With a learning rate beyond reason, steps are beyond floats on the way, as in training.
      boolean right =
          Math.abs(is - expected) <= part.expected().bound()[i]
              || (Double.isInfinite(is) && Math.abs(expected) > BEYOND);
      if (!right) {
        String what = String.format(Locale.ROOT, "%.6g where %.6g belongs", is, expected);
        throw wrong(op, plan, place(part.tensor(), row, col) + " is " + what);
      }
    }
  }

  /** Also beside the rows and columns that were looked at, there is a number everywhere. */
  private void requireWritten(Op op, Plan plan, Tensor t, float[] form, int batch) {
    boolean some = t.role() == Role.RESULT;
    int unwritten = 0;
    for (int i = 0; i < form.length; i++) {
      if (Float.isNaN(form[i])) {
        unwritten++;
        if (!some) {
          String element = place(t, i / t.cols(), i % t.cols());
          throw wrong(op, plan, element + " is left unwritten, or is no number");
        }
      }
    }
    if (some && form.length - unwritten != batch * t.cols()) {
      throw wrong(op, plan, t.name() + " is written in other rows than the batch's");
    }
  }

  private void requireSame(
      List<Op> ops, Plan plan, Outcome expected, Outcome actual, String where) {
    for (Op op : ops) {
      for (Tensor t : op.writes()) {
        boolean same =
            t.role() == Role.SLOT
                ? expected.sums().get(t).equals(actual.sums().get(t))
                : Arrays.deepEquals(forms(expected, t), forms(actual, t));
        if (!same) {
          throw wrong(op, plan, t.name() + " is another where " + where);
        }
      }
    }
  }

  private static float[][] forms(Outcome outcome, Tensor t) {
    return outcome.memory().getOrDefault(t, List.of()).toArray(float[][]::new);
  }

  private static String place(Tensor t, int row, int col) {
    return t.role() == Role.SLOT ? t.name() : t.name() + "[" + row + "][" + col + "]";
  }

  private WrongDeviceException wrong(Op op, Plan plan, String what) {
    String kernel =
        plan.launches().stream()
            .filter(l -> l.covers().contains(op))
            .map(Launch::kernel)
            .findFirst()
            .orElse("of no name");
    return new WrongDeviceException(
        "device %s computes wrongly: kernel %s (%s): %s; %s"
            .formatted(device.context().info().label(), kernel, op.name(), what, remedy));
  }
}
