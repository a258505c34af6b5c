package vaeocl.opencl.gpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Fusions;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.OpArgs;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The launches of {@link GpuFusions}. */
final class FusedOps {
  /** Layers that one launch of update takes: a kernel cannot have any number of arguments. */
  private static final int UPDATED = 8;

  /** Pixels of an image up to which a tile's rows of images are held in local memory, MNIST's. */
  private static final int HELD_PIXELS = 28 * 28;

  private static final String FORWARD = "gpu/dense_forward.cl";

  private final TensorStore store;
  private final Launches launches;
  private final Tiles tiles;
  private final Map<Tensor, Op.Gather> gathers;
  private final OpArgs arguments;

  /**
   * @param gathers batches of images that are read where they lie
   */
  FusedOps(TensorStore store, Launches launches, Tiles tiles, Map<Tensor, Op.Gather> gathers) {
    this.store = store;
    this.launches = launches;
    this.tiles = tiles;
    this.gathers = gathers;
    arguments = new OpArgs(launches, store);
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
      forward(gathered(o.x()), forward(o), o, g.ops());
    } else if (is(Fusions.RECONSTRUCT, kernel)) {
      reconstruct(g.op(0, Op.Dense.class), g.op(1, Op.Reconstruction.class));
    } else if (is(GpuFusions.BACKWARD_LATENT, kernel)) {
      backwardLatent(g);
    } else if (is(GpuFusions.UPDATE, kernel)) {
      update(g);
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
    Args args = forward(o).with("parts", parts(heads.y(), o.y().cols()));
    args.with("nextW", store.own(heads.layer().weight().value()));
    String options = gathered(o.x()) + " -DNARROW=" + heads.y().cols();
    forward(options.strip(), args, o, g.ops().subList(0, at + 2));
  }

  private Args forward(Op.Dense o) {
    Args args = arguments.layer(launches.args(o.y().rows()), o);
    args.with("y", store.own(o.y())).with("activation", o.f().code());
    return input(args, "x", o.x());
  }

  private void forward(String options, Args args, Op.Dense o, List<Op> covers) {
    int rows = o.y().rows();
    tiles.ofActivations(FORWARD, options, "dense_forward", args, rows, o.y().cols(), covers);
  }

  /** What a kernel reads as a matrix, or as images where they lie. */
  private Args input(Args args, String name, Tensor x) {
    Op.Gather gather = gathers.get(x);
    return gather == null
        ? args.with(name, store.own(x))
        : args.with("images", store.own(gather.images())).with("order", store.own(gather.order()));
  }

  /** How a tile's rows of images are read: as they are, if local memory can hold them. */
  private String gathered(Tensor x) {
    int pixels = x.cols();
    boolean held = pixels % 16 == 0 && pixels <= HELD_PIXELS;
    return gathers.containsKey(x) ? "-DGATHERED" + (held ? " -DPIXELS=" + pixels : "") : "";
  }

  private DeviceBuffer parts(Tensor t, int features) {
    return store.parts(t, Share.panels(features));
  }

  private Args sampling(Op.Dense heads, Op.Latent latent, Op.Dense next) {
    Args args = arguments.latent(latent).with("y", store.own(next.y()));
    int features = heads.x().cols();
    args.with("parts", parts(heads.y(), features)).with("panels", Share.panels(features));
    args.with("headsB", store.own(heads.layer().bias().value()));
    return args.with("activation", next.f().code());
  }

  private void latentDense(Op.Dense heads, Op.Latent latent, Op.Dense next) {
    Args args = arguments.layer(sampling(heads, latent, next), next);
    String options = "-DLATENT=" + latent.z().cols();
    String file = "gpu/latent_dense.cl";
    int rows = next.y().rows();
    List<Op> covers = List.of(latent, next);
    tiles.ofActivations(file, options, "latent_dense", args, rows, next.y().cols(), covers);
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
    int rows = last.y().rows();
    tiles.ofActivations("gpu/decode.cl", options, "decode", args, rows, last.y().cols(), covers);
  }

  private void reconstruct(Op.Dense o, Op.Reconstruction loss) {
    Args args = arguments.dense(o);
    loss(args, loss);
    String file = "gpu/dense_reconstruct.cl";
    String options = gathers.containsKey(loss.x()) ? "-DGATHERED" : "";
    int rows = o.y().rows();
    List<Op> covers = List.of(o, loss);
    tiles.ofActivations(file, options, "dense_reconstruct", args, rows, o.y().cols(), covers);
  }

  private void loss(Args args, Op.Reconstruction o) {
    input(args, "target", o.x());
    args.with("dL", store.own(o.dLogit())).with("likelihood", o.f().code());
    int count = tiles.tiling().share().batchTiles(o.x().rows()) * Share.panels(o.x().cols());
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

  private void backwardLatent(Group g) {
    Op.DenseBackward above = g.op(0, Op.DenseBackward.class);
    Op.DenseBackward first = g.op(1, Op.DenseBackward.class);
    Op.LatentBackward latent = g.op(2, Op.LatentBackward.class);
    Op.DenseBackward heads = g.op(3, Op.DenseBackward.class);
    int rows = above.dx().rows();
    int features = above.dx().cols();
    DeviceBuffer parts = parts(first.dx(), features);

    Args args = backward(above).with("parts", parts);
    args.with("belowW", store.own(first.layer().weight().value()));
    String narrow = "-DNARROW=" + first.dx().cols();
    List<Op> covers = g.ops().subList(0, 2);
    String file = "gpu/dense_backward.cl";
    tiles.ofActivations(file, narrow, "dense_backward", args, rows, features, covers);

    Args back = backward(heads).with("parts", parts).with("panels", Share.panels(features));
    back.with("dHeads", store.own(heads.dy())).with("dz", store.own(first.dx()));
    back.with("heads", store.own(latent.heads())).with("eps", store.own(latent.eps()));
    back.with("freeBits", (float) latent.freeBits());
    String options = "-DLATENT=" + first.dx().cols();
    String kernel = "latent_backward_dense";
    int in = heads.dx().cols();
    List<Op> rest = g.ops().subList(2, 4);
    tiles.ofActivations("gpu/latent_dense.cl", options, kernel, back, rows, in, rest);
  }

  /** A gradient and the step that spends it. */
  private record Spent(Op.Gradient gradient, Op.AdamStep step) {}

  private void update(Group g) {
    List<Spent> all = new ArrayList<>();
    for (int i = 0; i < g.ops().size(); i += 2) {
      all.add(new Spent(g.op(i, Op.Gradient.class), g.op(i + 1, Op.AdamStep.class)));
    }
    // Of images where they lie, there is one layer, and it comes first.
    all.sort(Comparator.comparing(s -> !gathers.containsKey(s.gradient().x())));
    // Where images have several samples, the decoder has more rows than the encoder.
    Map<Integer, List<Spent>> byRows =
        all.stream().collect(Collectors.groupingBy(s -> s.gradient().x().rows()));
    for (List<Spent> layers : byRows.values()) {
      for (int first = 0; first < layers.size(); first += UPDATED) {
        update(layers.subList(first, Math.min(layers.size(), first + UPDATED)));
      }
    }
  }

  private void update(List<Spent> layers) {
    Adam adam = layers.get(0).step().adam();
    Args args = launches.optimiser(launches.args(layers.get(0).gradient().x().rows()), adam);
    List<Op> covers = new ArrayList<>();
    int groups = 0;
    for (int n = 0; n < layers.size(); n++) {
      Op.Gradient o = layers.get(n).gradient();
      Linear layer = o.layer();
      args.with("w" + n, store.own(layer.weight().value()));
      args.with("wM" + n, store.own(layer.weight().m()));
      args.with("wV" + n, store.own(layer.weight().v()));
      args.with("b" + n, store.own(layer.bias().value()));
      args.with("bM" + n, store.own(layer.bias().m()));
      args.with("bV" + n, store.own(layer.bias().v()));
      args.with("dy" + n, store.own(o.dy())).with("in" + n, layer.in());
      args.with("first" + n, groups);
      args.optional("x" + n, null);
      input(args, "x" + n, o.x());
      groups += Share.panels(layer.in()) * Share.panels(layer.out());
      covers.add(o);
      covers.add(layers.get(n).step());
    }
    boolean images = gathers.containsKey(layers.get(0).gradient().x());
    String options = "-DLAYERS=" + layers.size() + (images ? " -DGATHERED" : "");
    tiles.ofWeights("gpu/update.cl", options, "update", args, groups, 1, covers);
  }
}
