package vaeocl.opencl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.opencl.NonZeroStore.Form;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.random.Stream;

/** One method for each kernel: its arguments by name, its range, what it covers. */
final class Launches {
  /** The code of the squared error in {@code kernels/lib/likelihood.cl}. */
  private static final int SQUARED_ERROR = 0;

  private final DeviceBackend backend;
  private final TensorStore store;
  private final Tiling tiling;
  private final Function<Adam, DeviceBuffer> rates;
  private final DeviceBuffer run;
  private final Map<Tensor, Tensor> gates;
  private final List<DevicePlan.Work> works = new ArrayList<>();

  /**
   * @param rates where an optimiser's step lengths are
   * @param gates for a gradient the activation that it is zero with, where {@code dense_forward}
   *     takes down where that is
   */
  Launches(DeviceBackend backend, Function<Adam, DeviceBuffer> rates, Map<Tensor, Tensor> gates) {
    this.gates = gates;
    this.backend = backend;
    this.store = backend.store();
    this.tiling = backend.tiling();
    this.rates = rates;
    this.run = new DeviceBuffer(backend.context(), "run", Element.INT, 3, false);
  }

  DevicePlan plan(Map<Adam, DeviceBuffer> allRates, int batch) {
    return new DevicePlan(backend, works, run, allRates, batch);
  }

  /** The kernel for an operation by itself. */
  void single(Op op) {
    if (op instanceof Op.Gather o) {
      gather(o);
    } else if (op instanceof Op.Dense o) {
      forward(o);
    } else if (op instanceof Op.Latent o) {
      latent(o);
    } else if (op instanceof Op.Reconstruction o) {
      reconstruction(o);
    } else if (op instanceof Op.DenseBackward o) {
      backward(o);
    } else if (op instanceof Op.LatentBackward o) {
      latentBackward(o);
    } else if (op instanceof Op.Gradient o) {
      gradient(o);
    } else if (op instanceof Op.AdamStep o) {
      adam(o, o.layer().weight());
      adam(o, o.layer().bias());
    } else if (op instanceof Op.ImageMetrics o) {
      metrics(o);
    } else {
      throw new IllegalArgumentException("no kernel for " + op.name());
    }
  }

  private void gather(Op.Gather o) {
    int batch = o.x().rows();
    int in = o.x().cols();
    Args args = args(batch).with("in", in);
    args.with("x", store.own(o.x())).with("xT", optional(store.transposedOrNull(o.x())));
    args.with("images", store.own(o.images())).with("order", store.own(o.order()));
    if (tiling.cpu()) {
      args.with("xList", known(o.x(), Form.LIST)).with("xPacked", known(o.x(), Form.PACKED));
      args.with("xTSet", known(o.x(), Form.SETS));
      int tiles = tiling.rowTiles(batch) + Long.BYTES * NonZero.words(batch);
      add(tiled("gather"), "gather", args, new long[] {tiles}, new long[] {1}, o);
    } else {
      int group = tiling.group();
      long[] global = {Tiling.roundUp(in, group), batch};
      add(tiled("gather"), "gather", args, global, new long[] {group, 1}, o);
    }
  }

  private void forward(Op.Dense o) {
    DeviceBuffer y = tiling.cpu() ? store.ownOrNull(o.y()) : store.own(o.y());
    Args args = product(o).with("y", optional(y));
    args.with("yT", optional(store.transposedOrNull(o.y()))).with("activation", o.f().code());
    args.with("live", optional(store.nonZero().getOrNull(o.y(), Form.FLAGS)));
    tile("dense_forward", "dense_forward", args, o.y().rows(), o.y().cols(), o);
  }

  /** The last layer and the loss in one. */
  void reconstruct(Op.Dense o, Op.Reconstruction loss) {
    int groups = tiling.rowTiles(o.y().rows()) * tiling.panels(o.y().cols());
    Args args = product(o).with("dL", store.own(loss.dLogit()));
    args.with("dLT", optional(store.transposedOrNull(loss.dLogit())));
    args.with("error", store.slots(loss.error(), groups)).with("target", store.own(loss.x()));
    args.with("likelihood", SQUARED_ERROR);
    tile("dense_forward", "dense_reconstruct", args, o.y().rows(), o.y().cols(), o, loss);
  }

  private Args product(Op.Dense o) {
    boolean packed = tiling.skipsZeros(o);
    return args(o.y().rows())
        .with("x", store.own(o.x()))
        .with("xList", packed ? known(o.x(), Form.LIST) : BoundKernel.NULL)
        .with("xPacked", packed ? known(o.x(), Form.PACKED) : BoundKernel.NULL)
        .with("in", o.x().cols())
        .with("out", o.y().cols())
        .with("w", store.own(o.layer().weight().value()))
        .with("bias", store.own(o.layer().bias().value()));
  }

  /** Finds where an activation is not zero, for the products that want to know. */
  void listZeros(Tensor y) {
    int batch = y.rows();
    int n = y.cols();
    NonZeroStore nonZero = store.nonZero();
    Args args = args(batch).with("n", n).with("y", store.own(y));
    args.with("list", optional(nonZero.getOrNull(y, Form.LIST)));
    args.with("packed", optional(nonZero.getOrNull(y, Form.PACKED)));
    args.with("setT", optional(nonZero.getOrNull(y, Form.SETS)));
    int vectors = (n + tiling.vector() - 1) / tiling.vector();
    long[] global = {tiling.rowTiles(batch) + vectors};
    add("cpu/list_zeros.cl", "", "list_zeros", args, global, new long[] {1}, List.of());
  }

  private void backward(Op.DenseBackward o) {
    int batch = o.dx().rows();
    int in = o.dx().cols();
    int out = o.dy().cols();
    boolean gated = o.f() != Activation.NONE;
    Args args = args(batch).with("in", in).with("out", out).with("activation", o.f().code());
    args.with("w", store.own(o.layer().weight().value()));
    if (tiling.cpu()) {
      boolean listed = tiling.skipsZeros(o);
      args.with("dx", store.own(o.dx())).with("dy", store.own(o.dy()));
      args.with("x", gated ? store.own(o.x()) : BoundKernel.NULL);
      args.with("xTSet", listed ? known(o.x(), Form.SETS) : BoundKernel.NULL);
      boolean few = out <= tiling.few();
      long[] global = {
        few ? tiling.panels(in) : tiling.rowTiles(in), few ? 1 : NonZero.words(batch)
      };
      String kernel = few ? "dense_backward_few" : "dense_backward";
      add(tiled("dense_backward"), kernel, args, global, new long[] {1, 1}, o);
    } else {
      args.with("dxT", optional(store.transposedOrNull(o.dx())));
      args.with("dx", optional(store.ownOrNull(o.dx()))).with("dyT", store.transposed(o.dy()));
      args.with("xT", gated ? store.transposed(o.x()) : BoundKernel.NULL);
      tile("dense_backward", "dense_backward", args, in, batch, o);
    }
  }

  private void gradient(Op.Gradient o) {
    Args args = gradientInputs(o).with("dw", store.own(o.layer().weight().gradient()));
    args.with("db", store.own(o.layer().bias().gradient()));
    tile("dense_gradient", "dense_gradient", args, o.x().cols(), o.dy().cols(), o);
  }

  /** Gradient and optimiser in one. */
  void gradientAdam(Op.Gradient o, Op.AdamStep step) {
    Linear layer = o.layer();
    Args args = optimiser(gradientInputs(o), step.adam());
    args.with("w", store.own(layer.weight().value())).with("b", store.own(layer.bias().value()));
    args.with("wM", store.own(layer.weight().m())).with("bM", store.own(layer.bias().m()));
    args.with("wV", store.own(layer.weight().v())).with("bV", store.own(layer.bias().v()));
    Tensor gate = gates.get(o.dy());
    boolean gated = gate != null && tiling.skipsZeros(o);
    args.with("live", gated ? known(gate, Form.FLAGS) : BoundKernel.NULL);
    tile("dense_gradient", "dense_gradient_adam", args, o.x().cols(), o.dy().cols(), o, step);
  }

  private Args gradientInputs(Op.Gradient o) {
    Args args = args(o.x().rows()).with("in", o.x().cols()).with("dy", store.own(o.dy()));
    if (tiling.cpu()) {
      boolean listed = tiling.skipsZeros(o);
      args.with("x", store.own(o.x()));
      args.with("xTSet", listed ? known(o.x(), Form.SETS) : BoundKernel.NULL);
    } else {
      args.with("xT", store.transposed(o.x()));
    }
    return args;
  }

  private Args optimiser(Args args, Adam adam) {
    return args.with("rates", rates.apply(adam))
        .with("keep1", (float) (1 - adam.beta1()))
        .with("keep2", (float) (1 - adam.beta2()))
        .with("eps", (float) adam.eps());
  }

  private void adam(Op.AdamStep o, Param p) {
    DeviceBuffer w = store.own(p.value());
    Args args = optimiser(args(1), o.adam()).with("w", w).with("m", store.own(p.m()));
    args.with("v", store.own(p.v())).with("gradient", store.own(p.gradient()));
    args.with("count", (int) w.count());
    each("plain/adam.cl", "adam_step", args, (int) w.count(), o);
  }

  private void latent(Op.Latent o) {
    each(tiled("latent"), "latent_forward", latentArgs(o), o.z().rows(), o);
  }

  private Args latentArgs(Op.Latent o) {
    int batch = o.z().rows();
    boolean training = o.sampling() == Sampling.TRAIN;
    Args args = args(batch).with("latent", o.z().cols()).with("heads", store.own(o.heads()));
    args.with("z", store.own(o.z())).with("zT", optional(store.transposedOrNull(o.z())));
    args.with("eps", store.own(o.eps())).with("kl", store.slots(o.kl(), batch));
    args.with("mu", store.own(o.mu()));
    args.with("order", store.own(o.order()));
    args.with("sampled", o.sampling() == Sampling.MEAN ? 0 : 1).with("stepwise", training ? 1 : 0);
    args.with("stream", (training ? Stream.TRAIN : Stream.EVALUATE).word());
    return args.with("seedLow", (int) o.seed()).with("seedHigh", (int) (o.seed() >>> 32));
  }

  /** Both heads, the sampling and the decoder's first layer in one. */
  void latentForwardGroup(Op.Dense heads, Op.Latent latent, Op.Dense next) {
    Args args = latentArgs(latent).with("x", store.own(heads.x())).with("in", heads.x().cols());
    args.with("w", store.own(heads.layer().weight().value()));
    args.with("bias", store.own(heads.layer().bias().value()));
    args.with("w2", store.own(next.layer().weight().value()));
    args.with("bias2", store.own(next.layer().bias().value()));
    args.with("y", store.own(next.y())).with("yT", optional(store.transposedOrNull(next.y())));
    args.with("out", next.y().cols()).with("activation", next.f().code());
    long[] global = {tiling.rowTiles(heads.x().rows())};
    List<Op> covers = List.of(heads, latent, next);
    add("cpu/latent.cl", "", "latent_forward_group", args, global, new long[] {1}, covers);
  }

  private void latentBackward(Op.LatentBackward o) {
    Args args = args(o.dz().rows()).with("latent", o.dz().cols()).with("beta", (float) o.beta());
    args.with("dHeads", store.own(o.dHeads())).with("heads", store.own(o.heads()));
    args.with("dHeadsT", optional(store.transposedOrNull(o.dHeads())));
    args.with("dz", store.own(o.dz())).with("eps", store.own(o.eps()));
    int group = tiling.group();
    long[] global = {Tiling.roundUp(o.dz().rows(), group), o.dz().cols()};
    add(tiled("latent"), "latent_backward", args, global, new long[] {group, 1}, o);
  }

  private void reconstruction(Op.Reconstruction o) {
    int batch = o.x().rows();
    Args args = args(batch).with("out", o.x().cols()).with("dL", store.own(o.dLogit()));
    args.with("dLT", optional(store.transposedOrNull(o.dLogit())));
    args.with("error", store.slots(o.error(), batch)).with("likelihood", SQUARED_ERROR);
    args.with("logit", store.own(o.logit())).with("x", store.own(o.x()));
    each(tiled("loss"), "reconstruction", args, batch, o);
  }

  private void metrics(Op.ImageMetrics o) {
    int batch = o.x().rows();
    Args args = args(batch).with("figures", store.own(o.figures()));
    args.with("aT", store.transposedOrNull(o.recon())).with("bT", store.transposedOrNull(o.x()));
    args.with("a", store.ownOrNull(o.recon())).with("b", store.ownOrNull(o.x()));
    int group = tiling.imageGroup();
    long groups = tiling.cpu() ? Tiling.roundUp(batch, tiling.vector()) / tiling.vector() : batch;
    String options = " -DHEIGHT=" + o.height() + " -DWIDTH=" + o.width() + " -DGROUP=" + group;
    long[] global = {groups * group};
    add(tiled("ssim"), options, "image_metrics", args, global, new long[] {group}, List.of(o));
  }

  private String tiled(String file) {
    return tiling.suffix() + "/" + file + ".cl";
  }

  private DeviceBuffer known(Tensor t, Form form) {
    return store.nonZero().get(t, form);
  }

  private static Object optional(DeviceBuffer buffer) {
    return buffer == null ? BoundKernel.NULL : buffer;
  }

  private Args args(int batch) {
    return new Args(new HashMap<>()).with("run", run).with("batch", batch);
  }

  /** Values by the names that kernels give their arguments. */
  private record Args(Map<String, Object> values) {
    Args with(String name, Object value) {
      values.put(name, value);
      return this;
    }
  }

  /** One work-group a tile of a rows x cols matrix. */
  private void tile(String file, String kernel, Args args, int rows, int cols, Op... covers) {
    int group = tiling.tileGroup();
    long[] global = {(long) tiling.rowTiles(rows) * group, tiling.panels(cols)};
    add(tiled(file), "", kernel, args, global, new long[] {group, 1}, List.of(covers));
  }

  /** One work-item for each of count elements. */
  private void each(String file, String kernel, Args args, int count, Op op) {
    int group = tiling.group();
    long[] global = {Tiling.roundUp(count, group)};
    add(file, kernel, args, global, new long[] {group}, op);
  }

  private void add(String file, String kernel, Args args, long[] global, long[] local, Op op) {
    add(file, "", kernel, args, global, local, List.of(op));
  }

  private void add(
      String file,
      String options,
      String kernel,
      Args args,
      long[] global,
      long[] local,
      List<Op> covers) {
    KernelProgram program = backend.program(file, options);
    BoundKernel bound =
        new BoundKernel(backend.context(), program, kernel, args.values(), global, local);
    works.add(new DevicePlan.Work(bound, covers));
  }
}
