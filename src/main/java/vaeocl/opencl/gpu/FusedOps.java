package vaeocl.opencl.gpu;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Fusions;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.OpArgs;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The launches of {@link GpuFusions}. */
final class FusedOps {
  /** Pixels of an image up to which a tile's rows of images are held in local memory, MNIST's. */
  private static final int HELD_PIXELS = 28 * 28;

  private static final String FORWARD = "gpu/dense_forward.cl";

  private final TensorStore store;
  private final Launches launches;
  private final Tiles tiles;
  private final Map<Tensor, Op.Gather> gathers;
  private final OpArgs arguments;
  private final Updates updates;
  private final Parts parts;

  /**
   * @param gathers batches of images that are read where they lie
   */
  FusedOps(TensorStore store, Launches launches, Tiles tiles, Map<Tensor, Op.Gather> gathers) {
    this.store = store;
    this.launches = launches;
    this.tiles = tiles;
    this.gathers = gathers;
    arguments = new OpArgs(launches, store);
    updates = new Updates(store, launches, tiles, gathers);
    parts = new Parts(store, tiles);
  }

  void bind(Group g) {
    String kernel = g.kernel();
    if (is(GpuFusions.ENCODE_DECODE, kernel)) {
      encode(g, 1);
      decode(g);
    } else if (is(GpuFusions.ENCODE_LATENT, kernel)) {
      encode(g, 1);
      latentDense(g.op(2, Op.Dense.class), g.op(3, Op.Latent.class), g.op(4, Op.Dense.class));
    } else if (is(GpuFusions.DENSE_LATENT, kernel)) {
      encode(g, 0);
      latentDense(g.op(1, Op.Dense.class), g.op(2, Op.Latent.class), g.op(3, Op.Dense.class));
    } else if (is(GpuFusions.GATHER_DENSE, kernel)) {
      Op.Dense o = g.op(1, Op.Dense.class);
      Share share = tiles.share(o.y());
      forward(share, gathered(share, o.x(), 0), forward(o), o, g.ops());
    } else if (is(Fusions.RECONSTRUCT, kernel)) {
      reconstruct(g.op(0, Op.Dense.class), g.op(1, Op.Reconstruction.class));
    } else if (is(GpuFusions.BACKWARD_LATENT, kernel)) {
      backward(g, "", args -> {});
      latentBackward(g);
    } else if (is(GpuFusions.BACKWARD_UPDATE, kernel)) {
      backwardUpdate(g);
    } else if (is(GpuFusions.UPDATE, kernel)) {
      updates.of(g.ops());
    } else {
      throw new IllegalArgumentException("no kernel " + kernel);
    }
  }

  private static boolean is(Fusion fusion, String kernel) {
    return fusion.kernel().equals(kernel);
  }

  /** A layer at a place of a group, and the heads behind it in parts. */
  private void encode(Group g, int at) {
    Op.Dense o = g.op(at, Op.Dense.class);
    Op.Dense heads = g.op(at + 1, Op.Dense.class);
    Args args = parts.write(forward(o), heads.y(), o.y().cols());
    args.with("nextW", store.own(heads.layer().weight().value()));
    Share share = parts.share(heads.y(), o.y().cols());
    int narrow = heads.y().cols();
    String options = gathered(share, o.x(), narrow) + " -DNARROW=" + narrow;
    forward(share, options.strip(), args, o, g.ops().subList(0, at + 2));
  }

  private Args forward(Op.Dense o) {
    Args args = arguments.layer(launches.args(o.y().rows()), o);
    args.with("y", store.own(o.y())).with("activation", o.f().code());
    return updates.input(args, "x", o.x());
  }

  private void forward(Share share, String options, Args args, Op.Dense o, List<Op> covers) {
    tiles.ofActivations(share, FORWARD, options, "dense_forward", args, o.y(), covers);
  }

  /**
   * How a tile's rows of images are read: as they are, if local memory can hold them.
   *
   * @param narrow columns of the matrix that the tile's product is multiplied with; 0 without
   */
  private String gathered(Share share, Tensor x, int narrow) {
    int pixels = x.cols();
    boolean few = share.panels() == 1 && pixels % 16 == 0 && pixels <= HELD_PIXELS;
    long part = (long) Share.PANEL * narrow * Float.BYTES;
    boolean held = few && tiles.room(share, part + (long) share.rows() * pixels);
    return gathers.containsKey(x) ? "-DGATHERED" + (held ? " -DPIXELS=" + pixels : "") : "";
  }

  private Args sampling(Op.Dense heads, Op.Latent latent, Op.Dense next) {
    Args args = arguments.latent(latent).with("y", store.own(next.y()));
    parts.read(args, heads.y(), heads.x().cols());
    args.with("headsB", store.own(heads.layer().bias().value()));
    return args.with("activation", next.f().code());
  }

  private void latentDense(Op.Dense heads, Op.Latent latent, Op.Dense next) {
    Args args = arguments.layer(sampling(heads, latent, next), next);
    String options = "-DLATENT=" + latent.z().cols();
    String file = "gpu/latent_dense.cl";
    List<Op> covers = List.of(latent, next);
    Share share = tiles.tiling().share();
    tiles.ofActivations(share, file, options, "latent_dense", args, next.y(), covers);
  }

  private void decode(Group g) {
    Op.Latent latent = g.op(3, Op.Latent.class);
    Op.Dense hidden = g.op(4, Op.Dense.class);
    Op.Dense last = g.op(5, Op.Dense.class);
    Op.Reconstruction loss = g.op(6, Op.Reconstruction.class);
    Args args = arguments.layer(sampling(g.op(2, Op.Dense.class), latent, hidden), last);
    args.with("hiddenW", store.own(hidden.layer().weight().value()));
    args.with("hiddenB", store.own(hidden.layer().bias().value()));
    loss(args, loss);
    List<Op> covers = g.ops().subList(3, 7);
    String options = "-DLATENT=" + latent.z().cols();
    Share share = tiles.share(last.y());
    tiles.ofActivations(share, "gpu/decode.cl", options, "decode", args, last.y(), covers);
  }

  private void reconstruct(Op.Dense o, Op.Reconstruction loss) {
    Args args = arguments.dense(o);
    loss(args, loss);
    String file = "gpu/dense_reconstruct.cl";
    String options = gathers.containsKey(loss.x()) ? "-DGATHERED" : "";
    String kernel = "dense_reconstruct";
    List<Op> covers = List.of(o, loss);
    tiles.ofActivations(tiles.share(o.y()), file, options, kernel, args, o.y(), covers);
  }

  private void loss(Args args, Op.Reconstruction o) {
    updates.input(args, "target", o.x());
    args.with("dL", store.own(o.dLogit())).with("likelihood", o.f().code());
    Share share = tiles.share(o.x());
    int count = share.batchTiles(o.x().rows()) * share.across(o.x().cols());
    args.with("error", store.slots(o.error(), count));
  }

  /** What an input's gradient reads and writes. */
  Args backward(Op.DenseBackward o) {
    int in = o.dx().cols();
    Args args = launches.args(o.dx().rows()).with("in", in).with("out", o.dy().cols());
    args.with("w", store.own(o.layer().weight().value())).with("activation", o.f().code());
    args.with("dx", store.own(o.dx())).with("dy", store.own(o.dy()));
    return args.optional("x", o.f() == Activation.NONE ? null : store.own(o.x()));
  }

  /** Back through the layer above the decoder's first one, and parts of dz. */
  private void backward(Group g, String options, Consumer<Args> more) {
    Op.DenseBackward above = g.op(0, Op.DenseBackward.class);
    Op.DenseBackward first = g.op(1, Op.DenseBackward.class);
    int features = above.dx().cols();
    Args args = parts.write(backward(above), first.dx(), features);
    args.with("belowW", store.own(first.layer().weight().value()));
    more.accept(args);
    String narrow = "-DNARROW=" + first.dx().cols() + options;
    List<Op> covers = g.ops().subList(0, 2);
    String file = "gpu/dense_backward.cl";
    String kernel = "dense_backward";
    Share share = parts.share(first.dx(), features);
    tiles.ofActivations(share, file, narrow, kernel, args, above.dx(), covers);
  }

  /** What goes back through the sampling reads and writes. */
  private Args throughLatent(Group g, Args args) {
    Op.DenseBackward first = g.op(1, Op.DenseBackward.class);
    Op.LatentBackward latent = g.op(2, Op.LatentBackward.class);
    parts.read(args, first.dx(), first.dy().cols());
    args.with("dHeads", store.own(latent.dHeads())).with("dz", store.own(latent.dz()));
    return args.with("heads", store.own(latent.heads()))
        .with("freeBits", (float) latent.freeBits());
  }

  private void latentBackward(Group g) {
    Op.LatentBackward latent = g.op(2, Op.LatentBackward.class);
    Op.DenseBackward heads = g.op(3, Op.DenseBackward.class);
    Args args = throughLatent(g, backward(heads)).with("eps", store.own(latent.eps()));
    String options = "-DLATENT=" + latent.dz().cols();
    String kernel = "latent_backward_dense";
    List<Op> covers = g.ops().subList(2, 4);
    String file = "gpu/latent_dense.cl";
    Share share = tiles.tiling().share();
    tiles.ofActivations(share, file, options, kernel, args, heads.dx(), covers);
  }

  /**
   * The heads' weights are read while they are updated: the launch before copies them, which are
   * few.
   */
  private void backwardUpdate(Group g) {
    Op.LatentBackward latent = g.op(2, Op.LatentBackward.class);
    Op.DenseBackward heads = g.op(3, Op.DenseBackward.class);
    Tensor weights = heads.layer().weight().value();
    int in = weights.cols();
    Tensor before = Tensor.activation(weights.name() + " before", in, weights.rows());
    DeviceBuffer copy = store.parts(before, 1);
    backward(
        g,
        " -DCOPIED=" + weights.rows(),
        args -> {
          args.with("copy", copy).with("original", store.own(weights)).with("rows", in);
        });
    updates.withWayBack(
        g,
        args -> {
          throughLatent(g, args).with("noise", store.own(latent.eps())).with("headsW", copy);
          args.with("dh", store.own(heads.dx())).with("activation", heads.f().code());
        });
  }
}
