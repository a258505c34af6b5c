package vaeocl.opencl.gpu;

import java.util.List;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.OpArgs;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Launches of {@code kernels/gpu}. Products read both operands along the sum's rows, so gradients
 * want their operands transposed: whoever writes those writes both forms.
 */
final class GpuLowering implements Lowering, Op.Visitor<Void> {
  private final GpuTiling tiling;
  private final TensorStore store;
  private final Launches launches;
  private final OpArgs arguments;

  GpuLowering(GpuTiling tiling, TensorStore store, Launches launches) {
    this.tiling = tiling;
    this.store = store;
    this.launches = launches;
    arguments = new OpArgs(launches, store);
  }

  @Override
  public void declare(Group group) {
    for (Op op : group.ops()) {
      if (op instanceof Op.DenseBackward o) {
        store.transposed(o.dy());
        if (o.f() != Activation.NONE) {
          store.transposed(o.x());
        }
      } else if (op instanceof Op.Gradient o) {
        store.transposed(o.x());
        store.own(o.dy());
      } else {
        op.reads().stream().filter(t -> t.role().ofBatch()).forEach(store::own);
      }
    }
  }

  @Override
  public void bind(Group group) {
    switch (group.kernel()) {
      case "" -> group.ops().get(0).accept(this);
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
    int in = o.x().cols();
    Args args = output(launches.args(batch).with("in", in), "x", o.x());
    args.with("images", store.own(o.images())).with("order", store.own(o.order()));
    long[] global = {Launches.roundUp(in, tiling.group()), batch};
    long[] local = {tiling.group(), 1};
    launches.add("gpu/gather.cl", "", "gather", args, global, local, List.of(o));
    return null;
  }

  @Override
  public Void dense(Op.Dense o) {
    Args args = output(arguments.dense(o), "y", o.y()).with("activation", o.f().code());
    tile("gpu/dense_forward.cl", "dense_forward", args, o.y().rows(), o.y().cols(), o);
    return null;
  }

  private void reconstruct(Op.Dense o, Op.Reconstruction loss) {
    int tiles = tiling.tiles(o.y().rows()) * tiling.tiles(o.y().cols());
    Args args = arguments.reconstruction(arguments.dense(o), loss, tiles);
    output(args, "dL", loss.dLogit());
    tile("gpu/dense_forward.cl", "dense_reconstruct", args, o.y().rows(), o.y().cols(), o, loss);
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    int in = o.dx().cols();
    Args args = launches.args(o.dx().rows()).with("in", in).with("out", o.dy().cols());
    args.with("w", store.own(o.layer().weight().value())).with("activation", o.f().code());
    args.optional("dxT", store.transposedOrNull(o.dx())).optional("dx", store.ownOrNull(o.dx()));
    args.with("dyT", store.transposed(o.dy()));
    args.optional("xT", o.f() == Activation.NONE ? null : store.transposed(o.x()));
    tile("gpu/dense_backward.cl", "dense_backward", args, in, o.dx().rows(), o);
    return null;
  }

  @Override
  public Void gradient(Op.Gradient o) {
    Args args = arguments.gradients(gradientInputs(o), o.layer());
    tile("gpu/dense_gradient.cl", "dense_gradient", args, o.x().cols(), o.dy().cols(), o);
    return null;
  }

  private void gradientAdam(Op.Gradient o, Op.AdamStep step) {
    Args args = arguments.adam(gradientInputs(o), step);
    String kernel = "dense_gradient_adam";
    tile("gpu/dense_gradient.cl", kernel, args, o.x().cols(), o.dy().cols(), o, step);
  }

  private Args gradientInputs(Op.Gradient o) {
    Args args = launches.args(o.x().rows()).with("in", o.x().cols());
    return args.with("dy", store.own(o.dy())).with("xT", store.transposed(o.x()));
  }

  @Override
  public Void adamStep(Op.AdamStep o) {
    launches.adam(o, tiling.group());
    return null;
  }

  @Override
  public Void latent(Op.Latent o) {
    Args args = output(arguments.latent(o), "z", o.z());
    launches.each("gpu/latent.cl", "latent_forward", args, o.z().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void scatter(Op.Scatter o) {
    Args args = arguments.scatter(o);
    launches.each("gpu/latent.cl", "scatter", args, o.part().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void latentBackward(Op.LatentBackward o) {
    Args args = output(arguments.latentBackward(o), "dHeads", o.dHeads());
    long[] global = {Launches.roundUp(o.dz().rows(), tiling.group()), o.dz().cols()};
    long[] local = {tiling.group(), 1};
    launches.add("gpu/latent.cl", "", "latent_backward", args, global, local, List.of(o));
    return null;
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    Args args = output(arguments.reconstruction(o), "dL", o.dLogit());
    launches.each("gpu/loss.cl", "reconstruction", args, o.x().rows(), tiling.group(), o);
    return null;
  }

  @Override
  public Void imageMetrics(Op.ImageMetrics o) {
    int batch = o.x().rows();
    Args args = launches.args(batch).with("figures", store.own(o.figures()));
    args.with("a", store.own(o.recon())).with("b", store.own(o.x()));
    int group = tiling.imageGroup();
    String options = "-DHEIGHT=" + o.height() + " -DWIDTH=" + o.width() + " -DGROUP=" + group;
    long[] global = {(long) batch * group};
    long[] local = {group};
    launches.add("gpu/ssim.cl", options, "image_metrics", args, global, local, List.of(o));
    return null;
  }

  /** An output in the forms in which somebody reads it: name, and nameT for the transpose. */
  private Args output(Args args, String name, Tensor t) {
    DeviceBuffer transposed = store.transposedOrNull(t);
    return args.with(name, store.own(t)).optional(name + "T", transposed);
  }

  /** One work-group a tile of a rows x cols matrix. */
  private void tile(String file, String kernel, Args args, int rows, int cols, Op... covers) {
    int group = tiling.tileGroup();
    long[] global = {(long) tiling.tiles(rows) * group, tiling.tiles(cols)};
    launches.add(file, "", kernel, args, global, new long[] {group, 1}, List.of(covers));
  }
}
