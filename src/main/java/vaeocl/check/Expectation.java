package vaeocl.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.reference.HostBackend;
import vaeocl.reference.HostMatrix;

/** A case's inputs, and what the reference makes of them: once, for any number of devices. */
public final class Expectation implements AutoCloseable {
  /** Nothing is 0 and no weight 1, so that an argument that is ignored shows. */
  static final Batches BATCH = new Batches(6, 2, Cases.START, 1, new LossWeights(0.75, 1.5));

  private final OpCase opCase;
  private final Map<Tensor, Object> given = new LinkedHashMap<>();
  private final HostBackend reference = new HostBackend();

  public Expectation(OpCase opCase) {
    this.opCase = opCase;
    Inputs inputs = new Inputs(opCase);
    for (Tensor t : opCase.inputs()) {
      Object values =
          switch (t.type()) {
            case U8 -> inputs.images(t);
            case I32 -> inputs.order(t);
            case F32 -> inputs.values(t);
          };
      given.put(t, values);
    }
    try (Plan plan = reference.compile(opCase.ops(), opCase.outputs())) {
      give(reference);
      opCase.outputs().forEach(this::leaveBlank);
      plan.run(BATCH);
    }
  }

  OpCase opCase() {
    return opCase;
  }

  /** Writes the inputs. */
  void give(Backend backend) {
    given.forEach(
        (t, values) -> {
          switch (t.type()) {
            case U8 -> backend.write(t, (byte[]) values);
            case I32 -> backend.write(t, (int[]) values);
            case F32 -> backend.write(t, (float[]) values);
          }
        });
  }

  /** Marks rows of images that are not in the batch: nobody may write them. */
  private void leaveBlank(Tensor t) {
    if (t.role() == Role.RESULT) {
      Arrays.fill(reference.matrix(t).bound(), Double.NaN);
    }
  }

  /** What an output should be, and how far from it it may be. */
  HostMatrix of(Tensor output) {
    return reference.matrix(output);
  }

  @Override
  public void close() {
    reference.close();
  }
}
