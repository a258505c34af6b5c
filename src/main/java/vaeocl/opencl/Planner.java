package vaeocl.opencl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.opencl.NonZeroStore.Form;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * Turns operations into launches. First it sees which form of each activation is read, so that its
 * writer writes that form; then it goes through the list once, fusing by a short list of rules:
 *
 * <ul>
 *   <li>Dense without activation + Reconstruction of its output: {@code dense_reconstruct}
 *   <li>Gradient + AdamStep of its layer: {@code dense_gradient_adam}
 *   <li>on CPUs, Dense + Latent + Dense, each reading what the one before it wrote: {@code
 *       latent_forward_group}
 * </ul>
 *
 * <p>What a fusion leaves out of memory must not be kept, nor read by any other operation.
 */
final class Planner {
  /**
   * Latent sizes up to here go through the latent space in one launch: beyond, the work is better
   * shared out by tiles, and Mesa's llvmpipe leaves a work-item's loops after a few thousand rounds
   * in all.
   */
  private static final int GROUPED_LATENT = 8;

  private final DeviceBackend backend;
  private final TensorStore store;
  private final Tiling tiling;
  private final List<Op> ops;
  private final Set<Tensor> keep;
  private final SparseOperands sparse;
  private final Launches launches;
  private final Map<Adam, DeviceBuffer> rates = new HashMap<>();

  Planner(DeviceBackend backend, List<Op> ops, Set<Tensor> keep) {
    this.backend = backend;
    this.store = backend.store();
    this.tiling = backend.tiling();
    this.ops = ops;
    this.keep = keep;
    this.sparse = tiling.skipsZeros() ? SparseOperands.of(ops) : SparseOperands.NONE;
    this.launches = new Launches(backend, this::rates, sparse, gates());
  }

  DevicePlan plan() {
    ops.forEach(this::declareForms);
    keep.stream().filter(Planner::isActivation).forEach(store::own);
    ops.forEach(this::completeForms);
    Set<Op> done = new HashSet<>();
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      if (done.contains(op)) {
        continue;
      }
      int grouped = tiling.cpu() ? latentGroup(i) : 0;
      if (grouped > 0) {
        i += grouped - 1;
        listZeros(ops.get(i));
        continue;
      }
      if (op instanceof Op.Dense dense) {
        Op.Reconstruction loss = fusedLoss(dense);
        if (loss != null) {
          launches.reconstruct(dense, loss);
          done.add(loss);
          continue;
        }
      }
      if (op instanceof Op.Gradient gradient && fusedStep(gradient) != null) {
        continue; // at its AdamStep, when nothing reads the old weights any more
      }
      if (op instanceof Op.AdamStep step) {
        Op.Gradient gradient = fusedGradient(step);
        if (gradient != null) {
          launches.gradientAdam(gradient, step);
          continue;
        }
      }
      launches.single(op);
      listZeros(op);
    }
    return launches.plan(rates, batch());
  }

  /**
   * Gradients at a ReLU's output are zero where that is. What a layer right behind the sampling
   * puts out does not count: it may be computed in a group.
   */
  private Map<Tensor, Tensor> gates() {
    Map<Tensor, Tensor> gates = new HashMap<>();
    if (tiling.skipsZeros()) {
      for (Op op : ops) {
        if (op instanceof Op.DenseBackward b
            && sparse.rectified().contains(b.x())
            && comesAlone(b.x())) {
          gates.put(b.dx(), b.x());
          store.nonZero().gate(b.dx(), b.x());
        }
      }
    }
    return gates;
  }

  private boolean comesAlone(Tensor h) {
    return ops.stream()
        .anyMatch(
            o ->
                o instanceof Op.Dense d
                    && d.y().equals(h)
                    && (sparse.images().contains(d.x()) || sparse.rectified().contains(d.x())));
  }

  /**
   * Launches operations from i on as one where they lead through the latent space; what is kept of
   * the heads may stand between.
   *
   * @return how many they are, or 0
   */
  private int latentGroup(int i) {
    int next = i + 2 < ops.size() && ops.get(i + 2) instanceof Op.Scatter ? i + 3 : i + 2;
    if (next < ops.size()
        && ops.get(i) instanceof Op.Dense heads
        && ops.get(i + 1) instanceof Op.Latent latent
        && ops.get(next) instanceof Op.Dense layer
        && heads.y().equals(latent.heads())
        && heads.x().role() != Role.INPUT
        && heads.f() == Activation.NONE
        && layer.x().equals(latent.z())
        && latent.z().cols() <= GROUPED_LATENT) {
      launches.latentForwardGroup(ops.subList(i, next + 1));
      return next + 1 - i;
    }
    return 0;
  }

  /** Where an operation's output has lists of its zeros, they are made right after it. */
  private void listZeros(Op op) {
    if (op instanceof Op.Dense o && store.nonZero().wanted(o.y())) {
      launches.listZeros(o.y());
    }
  }

  /** What nobody reads transposed is kept as it is. */
  private void completeForms(Op op) {
    Tensor written =
        op instanceof Op.DenseBackward o ? o.dx() : op instanceof Op.Dense o ? o.y() : null;
    if (written != null && store.transposedOrNull(written) == null) {
      store.own(written);
    }
  }

  /** Makes sure that the forms in which an operation reads exist before anything writes. */
  private void declareForms(Op op) {
    if (op instanceof Op.Gather o) {
      store.own(o.x());
    } else if (op instanceof Op.Dense o) {
      store.own(o.x());
      if (sparse.skips(o)) {
        store.nonZero().get(o.x(), Form.LIST);
        store.nonZero().get(o.x(), Form.PACKED);
      }
    } else if (op instanceof Op.Latent o) {
      store.own(o.heads());
    } else if (op instanceof Op.Scatter o) {
      store.own(o.part());
    } else if (op instanceof Op.Reconstruction o) {
      store.own(o.logit());
      store.own(o.x());
    } else if (op instanceof Op.DenseBackward o) {
      List<Tensor> operands = o.f() == Activation.NONE ? List.of(o.dy()) : List.of(o.dy(), o.x());
      operands.forEach(tiling.cpu() ? store::own : store::transposed);
      if (sparse.skips(o)) {
        store.nonZero().get(o.x(), Form.SETS);
      }
    } else if (op instanceof Op.LatentBackward o) {
      List.of(o.dz(), o.heads(), o.eps()).forEach(store::own);
    } else if (op instanceof Op.Gradient o) {
      if (tiling.cpu()) {
        store.own(o.x());
      } else {
        store.transposed(o.x());
      }
      if (sparse.skips(o)) {
        store.nonZero().get(o.x(), Form.SETS);
      }
      store.own(o.dy());
    } else if (op instanceof Op.ImageMetrics o) {
      for (Tensor t : List.of(o.recon(), o.x())) {
        if (tiling.cpu()) {
          store.transposed(t);
        } else {
          store.own(t);
        }
      }
    } else if (!(op instanceof Op.AdamStep)) {
      throw new IllegalArgumentException("no kernel for " + op.name());
    }
  }

  private Op.Reconstruction fusedLoss(Op.Dense dense) {
    if (dense.f() != Activation.NONE || !onlyBetween(dense.y())) {
      return null;
    }
    return ops.stream()
        .filter(o -> o instanceof Op.Reconstruction r && r.logit().equals(dense.y()))
        .map(Op.Reconstruction.class::cast)
        .findFirst()
        .orElse(null);
  }

  private Op.AdamStep fusedStep(Op.Gradient gradient) {
    if (!onlyBetween(gradient.layer().weight().gradient())
        || !onlyBetween(gradient.layer().bias().gradient())) {
      return null;
    }
    return ops.stream()
        .filter(o -> o instanceof Op.AdamStep s && s.layer().equals(gradient.layer()))
        .map(Op.AdamStep.class::cast)
        .findFirst()
        .orElse(null);
  }

  private Op.Gradient fusedGradient(Op.AdamStep step) {
    return ops.stream()
        .filter(o -> o instanceof Op.Gradient g && step.equals(fusedStep(g)))
        .map(Op.Gradient.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Whether a tensor only passes from one operation to one other. */
  private boolean onlyBetween(Tensor t) {
    long writers = ops.stream().filter(o -> o.writes().contains(t)).count();
    long readers = ops.stream().filter(o -> o.reads().contains(t)).count();
    return writers == 1 && readers == 1 && !keep.contains(t);
  }

  private DeviceBuffer rates(Adam adam) {
    return rates.computeIfAbsent(
        adam,
        a ->
            new DeviceBuffer(
                backend.context(), "step lengths", Element.FLOAT2, DevicePlan.RUN_LIMIT, false));
  }

  /** All activations of a plan have the batch's rows. */
  private int batch() {
    Set<Integer> rows = new HashSet<>();
    for (Op op : ops) {
      List<Tensor> all = new ArrayList<>(op.reads());
      all.addAll(op.writes());
      all.stream().filter(Planner::isActivation).forEach(t -> rows.add(t.rows()));
    }
    if (rows.size() > 1) {
      throw new IllegalArgumentException("a plan has one batch size, not " + rows);
    }
    return rows.isEmpty() ? 1 : rows.iterator().next();
  }

  private static boolean isActivation(Tensor t) {
    return t.role().ofBatch();
  }
}
