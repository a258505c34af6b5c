package vaeocl.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vaeocl.check.PartialReference.Part;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.PlanCheck;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * Tries every plan out as it is compiled, at the shapes at which it will run: one batch of random
 * inputs, outputs poisoned before, some rows and columns of what each operation writes held against
 * the reference. It is the plan's warm-up as well, and leaves zeros.
 */
public final class SelfTest implements PlanCheck {
  private static final String OVERRIDE = "; --no-self-test uses it all the same";

  private final DeviceBackend device;

  public SelfTest(DeviceBackend device) {
    this.device = device;
  }

  /** Whether a device is a simulator, which takes minutes for a batch at real shapes. */
  public static boolean tooSlowOn(DeviceInfo device) {
    return device.platform().startsWith("Oclgrind");
  }

  /** What a run wrote: every form of a tensor, or the sum in a slot. */
  private record Outcome(Map<Tensor, List<float[]>> values, Map<Tensor, Double> sums) {}

  /**
   * @throws WrongDeviceException where the device computes wrongly
   */
  @Override
  public void check(List<Op> ops, Plan plan) {
    OpCase all = new OpCase("self-test", ops, Set.of(), false, Ink.DRAWN);
    Trial trial = Trial.of(all);
    Outcome outcome = run(trial, all, plan);
    compare(trial, ops, plan, outcome);
    if (device.inspect().joined(plan)) {
      // Launches that are parts of one run by themselves too, and give the same bits.
      requireSame(ops, plan, outcome, run(trial, all, plan));
    }
    all.inputs().stream()
        .filter(t -> t.role() != Role.DATASET)
        .forEach(t -> device.inspect().clear(t));
    all.outputs().forEach(t -> device.inspect().clear(t));
  }

  private Outcome run(Trial trial, OpCase ops, Plan plan) {
    Set<Tensor> outputs = ops.outputs();
    outputs.forEach(device.inspect()::poison);
    trial.give(device, ops.ops());
    plan.run(trial.batches());
    device.finish();
    Outcome outcome = new Outcome(new HashMap<>(), new HashMap<>());
    for (Tensor t : outputs) {
      if (t.role() == Role.SLOT) {
        outcome.sums().put(t, device.sums(t, trial.batches().slot(), 1)[0]);
      } else if (device.inspect().keeps(plan, t)) {
        outcome.values().put(t, device.inspect().readAllForms(t));
      }
    }
    return outcome;
  }

  private void compare(Trial trial, List<Op> ops, Plan plan, Outcome outcome) {
    PartialReference reference = new PartialReference(trial, outcome.values()::containsKey);
    for (Op op : ops) {
      for (Part part : op.accept(reference)) {
        Tensor t = part.tensor();
        if (t.role() == Role.SLOT) {
          compare(op, plan, part, 0, outcome.sums().get(t), 0);
        }
        for (float[] form : outcome.values().getOrDefault(t, List.of())) {
          compare(op, plan, part, form);
          requireWritten(op, plan, t, form, trial.batch());
          reference.know(t, form);
        }
      }
    }
  }

  private void compare(Op op, Plan plan, Part part, float[] form) {
    int[] cols = part.cols();
    for (int i = 0; i < part.rows().length * cols.length; i++) {
      int at = part.rows()[i / cols.length] * part.tensor().cols() + cols[i % cols.length];
      compare(op, plan, part, i, form[at], at);
    }
  }

  private void compare(Op op, Plan plan, Part part, int i, double found, int at) {
    double expected = part.expected().value()[i];
    if (!(Math.abs(found - expected) <= part.expected().bound()[i])) {
      String what = String.format(Locale.ROOT, "%.6g where %.6g belongs", found, expected);
      throw wrong(op, plan, place(part.tensor(), at) + " is " + what);
    }
  }

  /** Also beside the rows and columns that were looked at, there is a number everywhere. */
  private void requireWritten(Op op, Plan plan, Tensor t, float[] form, int batch) {
    boolean some = t.role() == Role.RESULT;
    int unwritten = 0;
    for (int i = 0; i < form.length; i++) {
      if (Float.isNaN(form[i])) {
        if (!some) {
          throw wrong(op, plan, place(t, i) + " is left unwritten, or is no number");
        }
        unwritten++;
      }
    }
    if (some && form.length - unwritten != batch * t.cols()) {
      throw wrong(op, plan, t.name() + " is written in other rows than the batch's");
    }
  }

  private void requireSame(List<Op> ops, Plan plan, Outcome expected, Outcome actual) {
    for (Op op : ops) {
      for (Tensor t : op.writes()) {
        boolean same =
            t.role() == Role.SLOT
                ? expected.sums().get(t).equals(actual.sums().get(t))
                : Arrays.deepEquals(forms(expected, t), forms(actual, t));
        if (!same) {
          throw wrong(op, plan, t.name() + " is another where its launches run one by one");
        }
      }
    }
  }

  private static float[][] forms(Outcome outcome, Tensor t) {
    return outcome.values().getOrDefault(t, List.of()).toArray(float[][]::new);
  }

  private static String place(Tensor t, int at) {
    return t.role() == Role.SLOT
        ? t.name()
        : t.name() + "[" + at / t.cols() + "][" + at % t.cols() + "]";
  }

  private WrongDeviceException wrong(Op op, Plan plan, String what) {
    String kernel =
        plan.launches().stream()
            .filter(l -> l.covers().contains(op))
            .map(Launch::kernel)
            .findFirst()
            .orElse("of no name");
    DeviceInfo info = device.context().info();
    String others =
        Stream.of("gpu", "plain")
            .filter(label -> !label.equals(device.tiling().label()))
            .collect(Collectors.joining("|"));
    return new WrongDeviceException(
        ("device %s computes wrongly: kernel %s (%s): %s; try --tiling %s, another --device,"
                + " or another version of its driver (now %s)%s")
            .formatted(info.label(), kernel, op.name(), what, others, info.driver(), OVERRIDE));
  }
}
