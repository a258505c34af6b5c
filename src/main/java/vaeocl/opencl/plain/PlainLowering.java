package vaeocl.opencl.plain;

import java.util.List;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.CommonOps;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;

/** Launches of {@code kernels/plain}: each operation by a kernel of its own. */
final class PlainLowering extends CommonOps implements Lowering {
  private final int group;

  PlainLowering(int group, TensorStore store, Launches launches) {
    super(store, launches, group, false);
    this.group = group;
  }

  /** There is one form of everything. */
  @Override
  public void declare(Group ops) {}

  @Override
  public void bind(Group ops) {
    ops.ops().get(0).accept(this);
  }

  @Override
  public Void gather(Op.Gather o) {
    Args args = launches.args(o.x().rows()).with("in", o.x().cols()).with("x", store.own(o.x()));
    args.with("images", store.own(o.images())).with("order", store.own(o.order()));
    return each("gather", args, o.x().cols(), o.x().rows(), o);
  }

  @Override
  public Void dense(Op.Dense o) {
    Args args = arguments.dense(o).with("y", store.own(o.y()));
    args.with("activation", o.f().code());
    return each("dense", args, o.y().cols(), o.y().rows(), o);
  }

  @Override
  public Void latent(Op.Latent o) {
    return each("latent", arguments.latent(o), o.z().rows(), 1, o);
  }

  @Override
  public Void scatter(Op.Scatter o) {
    Args args = arguments.scatter(o);
    return each("scatter", args, o.all().cols(), o.part().rows(), o);
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    return each("reconstruction", arguments.reconstruction(o), o.x().rows(), 1, o);
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    Args args = layer(o.layer(), o.dx().rows()).with("dx", store.own(o.dx()));
    args.with("dy", store.own(o.dy())).with("x", store.own(o.x()));
    args.with("activation", o.f().code());
    return each("dense_backward", args, o.dx().cols(), o.dx().rows(), o);
  }

  @Override
  public Void latentBackward(Op.LatentBackward o) {
    Args args = arguments.latentBackward(o);
    return each("latent_backward", args, o.dz().cols(), o.dz().rows(), o);
  }

  @Override
  public Void gradient(Op.Gradient o) {
    Args args = layer(o.layer(), o.x().rows()).with("dy", store.own(o.dy()));
    arguments.gradients(args.with("x", store.own(o.x())), o.layer());
    return each("dense_gradient", args, o.x().cols(), o.dy().cols(), o);
  }

  @Override
  public Void imageMetrics(Op.ImageMetrics o) {
    int batch = o.x().rows();
    Args args = launches.args(batch).with("figures", store.own(o.figures()));
    args.with("recon", store.own(o.recon())).with("x", store.own(o.x()));
    String options = "-DHEIGHT=" + o.height() + " -DWIDTH=" + o.width();
    return each("image_metrics", options, args, batch, 1, o);
  }

  private Args layer(Linear layer, int batch) {
    Args args = launches.args(batch).with("in", layer.in()).with("out", layer.out());
    return args.with("w", store.own(layer.weight().value()));
  }

  private Void each(String kernel, Args args, int columns, int rows, Op op) {
    return each(kernel, "", args, columns, rows, op);
  }

  /** One work-item for each element of a rows x columns matrix, in a file of the kernel's name. */
  private Void each(String kernel, String options, Args args, int columns, int rows, Op op) {
    long[] global = {Launches.roundUp(columns, group), rows};
    String file = "plain/" + kernel + ".cl";
    launches.add(file, options, kernel, args, global, new long[] {group, 1}, List.of(op));
    return null;
  }
}
