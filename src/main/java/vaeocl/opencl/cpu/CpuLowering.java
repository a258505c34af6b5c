package vaeocl.opencl.cpu;

import java.util.List;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.CommonOps;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Launches of {@code kernels/cpu}. All matrices are read as they are; where products leave out
 * zeros of a matrix, whoever writes it says where they are.
 */
final class CpuLowering extends CommonOps implements Lowering {
  private final CpuTiling tiling;
  private final NonZeroStore nonZero;
  private final SparseOperands sparse;

  CpuLowering(
      CpuTiling tiling,
      TensorStore store,
      NonZeroStore nonZero,
      SparseOperands sparse,
      Launches launches) {
    super(store, launches, tiling.group(), true);
    this.tiling = tiling;
    this.nonZero = nonZero;
    this.sparse = sparse;
  }

  @Override
  public void declare(Group group) {
    for (Op op : group.ops()) {
      if (op instanceof Op.ImageMetrics o) {
        store.transposed(o.recon());
        store.transposed(o.x());
      } else {
        op.reads().stream().filter(t -> t.role().ofBatch()).forEach(store::own);
      }
      sparse.declare(op, nonZero);
    }
  }

  @Override
  public void bind(Group group) {
    switch (group.kernel()) {
      case "" -> group.ops().get(0).accept(this);
      case "latent_forward_group" -> latentGroup(group);
      case "dense_reconstruct" ->
          reconstruct(group.op(0, Op.Dense.class), group.op(1, Op.Reconstruction.class));
      case "dense_gradient_adam" ->
          gradientAdam(group.op(0, Op.Gradient.class), group.op(1, Op.AdamStep.class));
      default -> throw new IllegalArgumentException("no kernel " + group.kernel());
    }
  }

  @Override
  public Void gather(Op.Gather o) {
    int batch = o.x().rows();
    Args args = launches.args(batch).with("in", o.x().cols()).with("x", store.own(o.x()));
    args.optional("xT", store.transposedOrNull(o.x()));
    args.with("images", store.own(o.images())).with("order", store.own(o.order()));
    nonZero(args, "x", o.x());
    long[] global = {tiling.panels(o.x().cols()), tiling.rowTiles(batch)};
    launches.add("cpu/gather.cl", "", "gather", args, global, new long[] {1, 1}, List.of(o));
    return null;
  }

  @Override
  public Void dense(Op.Dense o) {
    DeviceBuffer transposed = store.transposedOrNull(o.y());
    DeviceBuffer own = transposed == null ? store.own(o.y()) : store.ownOrNull(o.y());
    Args args = product(o).optional("y", own).optional("yT", transposed);
    nonZero(args, "y", o.y());
    args.with("activation", o.f().code());
    tile("cpu/dense_forward.cl", "dense_forward", args, o.y().rows(), o.y().cols(), o);
    return null;
  }

  private void reconstruct(Op.Dense o, Op.Reconstruction loss) {
    int tiles = tiling.rowTiles(o.y().rows()) * tiling.panels(o.y().cols());
    Args args = arguments.reconstruction(product(o), loss, tiles);
    tile("cpu/dense_forward.cl", "dense_reconstruct", args, o.y().rows(), o.y().cols(), o, loss);
  }

  private Args product(Op.Dense o) {
    boolean skips = sparse.skips(o);
    DeviceBuffer columns = skips ? nonZero.get(o.x(), NonZeroForm.COLUMNS) : null;
    return arguments.dense(o).optional("xColumns", columns);
  }

  /** Where a tensor that is written is not zero, for the products that want to know. */
  private void nonZero(Args args, String name, Tensor t) {
    args.optional(name + "Columns", nonZero.getOrNull(t, NonZeroForm.COLUMNS));
    args.optional(name + "Samples", nonZero.getOrNull(t, NonZeroForm.SAMPLES));
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    int batch = o.dx().rows();
    int in = o.dx().cols();
    int out = o.dy().cols();
    Args args = launches.args(batch).with("in", in).with("out", out);
    args.with("w", store.own(o.layer().weight().value())).with("activation", o.f().code());
    args.with("dx", store.own(o.dx())).with("dy", store.own(o.dy()));
    args.optional("x", o.f() == Activation.NONE ? null : store.own(o.x()));
    args.optional("xSamples", sparse.skips(o) ? nonZero.get(o.x(), NonZeroForm.SAMPLES) : null);
    boolean few = out <= tiling.few();
    long[] global = {
      few ? 1 : NonZeroForm.words(tiling, batch), few ? tiling.panels(in) : tiling.rowTiles(in)
    };
    String kernel = few ? "dense_backward_few" : "dense_backward";
    launches.add("cpu/dense_backward.cl", "", kernel, args, global, new long[] {1, 1}, List.of(o));
    return null;
  }

  @Override
  public Void gradient(Op.Gradient o) {
    Args args = arguments.gradients(gradientInputs(o), o.layer());
    tile("cpu/dense_gradient.cl", "dense_gradient", args, o.x().cols(), o.dy().cols(), o);
    return null;
  }

  private void gradientAdam(Op.Gradient o, Op.AdamStep step) {
    Args args = arguments.adam(gradientInputs(o), step);
    Tensor alike = sparse.alike(o);
    args.optional("alike", alike == null ? null : nonZero.get(alike, NonZeroForm.SAMPLES));
    args.optional("rested", sparse.skips(o) ? rested(o) : null);
    String kernel = "dense_gradient_adam";
    tile("cpu/dense_gradient.cl", kernel, args, o.x().cols(), o.dy().cols(), o, step);
  }

  /** For each tile of a layer's weights how long it has lain at rest. */
  private DeviceBuffer rested(Op.Gradient o) {
    int tiles = tiling.rowTiles(o.x().cols()) * tiling.panels(o.dy().cols());
    return launches.buffer(o.layer().weight().value().name() + " at rest", Element.INT, tiles);
  }

  private Args gradientInputs(Op.Gradient o) {
    Args args = launches.args(o.x().rows()).with("in", o.x().cols());
    args.with("dy", store.own(o.dy())).with("x", store.own(o.x()));
    return args.optional(
        "xSamples", sparse.skips(o) ? nonZero.get(o.x(), NonZeroForm.SAMPLES) : null);
  }

  @Override
  public Void latent(Op.Latent o) {
    Args args = arguments.latent(o);
    launches.each("cpu/latent.cl", "latent_forward", args, o.z().rows(), tiling.group(), o);
    return null;
  }

  private void latentGroup(Group group) {
    Op.Dense heads = group.op(0, Op.Dense.class);
    Op.Latent latent = group.op(1, Op.Latent.class);
    Op.Dense next = group.op(group.ops().size() - 1, Op.Dense.class);
    Args args = arguments.latent(latent).with("x", store.own(heads.x()));
    args.with("in", heads.x().cols()).with("w", store.own(heads.layer().weight().value()));
    args.with("bias", store.own(heads.layer().bias().value()));
    args.optional("mu", group.ops().get(2) instanceof Op.Scatter s ? store.own(s.all()) : null);
    args.with("w2", store.own(next.layer().weight().value()));
    args.with("bias2", store.own(next.layer().bias().value()));
    args.with("y", store.own(next.y())).optional("yT", store.transposedOrNull(next.y()));
    args.with("out", next.y().cols()).with("activation", next.f().code());
    nonZero(args, "y", next.y());
    Op[] ops = group.ops().toArray(Op[]::new);
    int tiles = tiling.rowTiles(heads.x().rows());
    one("cpu/latent.cl", "latent_forward_group", args, tiles, ops);
  }

  @Override
  public Void scatter(Op.Scatter o) {
    Args args = arguments.scatter(o);
    launches.each("cpu/latent.cl", "scatter", args, o.part().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void latentBackward(Op.LatentBackward o) {
    Args args = arguments.latentBackward(o);
    launches.each("cpu/latent.cl", "latent_backward", args, o.dz().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    Args args = arguments.reconstruction(o);
    launches.each("cpu/loss.cl", "reconstruction", args, o.x().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void imageMetrics(Op.ImageMetrics o) {
    int batch = o.x().rows();
    Args args = launches.args(batch).with("figures", store.own(o.figures()));
    args.with("aT", store.transposed(o.recon())).with("bT", store.transposed(o.x()));
    String options = "-DHEIGHT=" + o.height() + " -DWIDTH=" + o.width();
    long[] global = {(batch + tiling.vector() - 1) / tiling.vector()};
    launches.add("cpu/ssim.cl", options, "image_metrics", args, global, new long[] {1}, List.of(o));
    return null;
  }

  /** One work-item a tile of a rows x cols matrix. */
  private void tile(String file, String kernel, Args args, int rows, int cols, Op... covers) {
    long[] global = {tiling.rowTiles(rows), tiling.panels(cols)};
    launches.add(file, "", kernel, args, global, new long[] {1, 1}, List.of(covers));
  }

  /** Work-items each in a group of its own. */
  private void one(String file, String kernel, Args args, int items, Op... covers) {
    launches.add(file, "", kernel, args, new long[] {items}, new long[] {1}, List.of(covers));
  }
}
