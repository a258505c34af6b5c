package vaeocl.opencl.gpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.CommonOps;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Launches of {@code kernels/gpu}: of single operations here, of fused ones by {@link FusedOps}.
 */
final class GpuLowering extends CommonOps implements Lowering {
  private final GpuTiling tiling;
  private final Tiles tiles;
  private final FusedOps fused;

  GpuLowering(Tiles tiles, TensorStore store, List<Group> groups) {
    super(store, tiles.launches(), tiles.tiling().group(), true);
    this.tiles = tiles;
    tiling = tiles.tiling();
    Map<Tensor, Op.Gather> gathers = new HashMap<>();
    for (Group group : groups) {
      if (group.fused() && group.ops().get(0) instanceof Op.Gather g) {
        gathers.put(g.x(), g);
      }
    }
    fused = new FusedOps(store, launches, tiles, gathers);
  }

  /** Fused kernels read images where they lie; others want them brought together. */
  @Override
  public void declare(Group group) {
    if (!group.fused()) {
      group.ops().get(0).reads().stream().filter(t -> t.role().ofBatch()).forEach(store::own);
    }
  }

  @Override
  public void bind(Group group) {
    if (!group.fused()) {
      group.ops().get(0).accept(this);
      return;
    }
    if (group.ops().get(0) instanceof Op.Gather g && store.ownOrNull(g.x()) != null) {
      gather(g);
    }
    fused.bind(group);
  }

  @Override
  public Void gather(Op.Gather o) {
    int batch = o.x().rows();
    int in = o.x().cols();
    Args args = launches.args(batch).with("in", in).with("x", store.own(o.x()));
    args.with("images", store.own(o.images())).with("order", store.own(o.order()));
    long[] global = {Launches.roundUp(in, tiling.group()), batch};
    long[] local = {tiling.group(), 1};
    launches.add("gpu/gather.cl", "", "gather", args, global, local, List.of(o));
    return null;
  }

  @Override
  public Void dense(Op.Dense o) {
    Args args = arguments.dense(o).with("y", store.own(o.y())).with("activation", o.f().code());
    String kernel = "dense_forward";
    String file = "gpu/dense_forward.cl";
    tiles.ofActivations(tiles.share(o.y()), file, "", kernel, args, o.y(), List.of(o));
    return null;
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    Args args = fused.backward(o);
    String kernel = "dense_backward";
    String file = "gpu/dense_backward.cl";
    tiles.ofActivations(tiles.share(o.dx()), file, "", kernel, args, o.dx(), List.of(o));
    return null;
  }

  @Override
  public Void gradient(Op.Gradient o) {
    Args args = launches.args(o.x().rows()).with("in", o.x().cols());
    args.with("dy", store.own(o.dy())).with("x", store.own(o.x()));
    arguments.gradients(args, o.layer());
    String kernel = "dense_gradient";
    Share share = tiling.shareOf(o.x().cols(), o.dy().cols());
    int down = share.across(o.x().cols());
    int across = share.across(o.dy().cols());
    tiles.add(share, "gpu/dense_gradient.cl", "", kernel, args, down, across, List.of(o));
    return null;
  }

  @Override
  public Void latent(Op.Latent o) {
    Args args = arguments.latent(o);
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
    Args args = arguments.latentBackward(o);
    long[] global = {Launches.roundUp(o.dz().rows(), tiling.group()), o.dz().cols()};
    long[] local = {tiling.group(), 1};
    launches.add("gpu/latent.cl", "", "latent_backward", args, global, local, List.of(o));
    return null;
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    Args args = arguments.reconstruction(o);
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
}
