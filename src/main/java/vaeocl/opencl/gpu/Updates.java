package vaeocl.opencl.gpu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Adam;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The launches that end a step: all gradients, each spent at once. */
final class Updates {
  /** Layers that one launch takes: a kernel cannot have any number of arguments. */
  private static final int LAYERS = 8;

  private final TensorStore store;
  private final Launches launches;
  private final Tiles tiles;
  private final Map<Tensor, Op.Gather> gathers;

  /**
   * @param gathers batches of images that are read where they lie
   */
  Updates(TensorStore store, Launches launches, Tiles tiles, Map<Tensor, Op.Gather> gathers) {
    this.store = store;
    this.launches = launches;
    this.tiles = tiles;
    this.gathers = gathers;
  }

  /** A gradient and the step that spends it. */
  private record Spent(Op.Gradient gradient, Op.AdamStep step) {}

  /** Of gradients, each followed by its step. */
  void of(List<Op> ops) {
    // Of images where they lie, there is one layer, and it comes first.
    List<Spent> all = spent(ops);
    all.sort(Comparator.comparing(s -> !gathers.containsKey(s.gradient().x())));
    // Where images have several samples, the decoder has more rows than the encoder.
    Collection<List<Spent>> byRows =
        all.stream().collect(Collectors.groupingBy(s -> s.gradient().x().rows())).values();
    byRows.forEach(layers -> launch(layers, List.of(), "", args -> {}));
  }

  /**
   * The same with the way back through the sampling and the heads in the first of them.
   *
   * @param g that, and then the gradients
   * @param back sets the arguments that it needs
   */
  void withWayBack(Group g, Consumer<Args> back) {
    Op.LatentBackward latent = g.op(2, Op.LatentBackward.class);
    List<Tensor> made = List.of(g.op(3, Op.DenseBackward.class).dx(), latent.dHeads());
    List<Spent> all = spent(g.ops().subList(4, g.ops().size()));
    all.sort(
        Comparator.comparing(
            s -> made.contains(s.gradient().dy()) ? made.indexOf(s.gradient().dy()) : made.size()));
    String options =
        "-DLATENT=" + latent.dz().cols() + " -DBACK_ROWS=" + Share.wholePanels(latent.dz().rows());
    launch(all, g.ops().subList(2, 4), options, back);
  }

  private static List<Spent> spent(List<Op> ops) {
    List<Spent> all = new ArrayList<>();
    for (int i = 0; i < ops.size(); i += 2) {
      all.add(new Spent((Op.Gradient) ops.get(i), (Op.AdamStep) ops.get(i + 1)));
    }
    return all;
  }

  private void launch(List<Spent> layers, List<Op> before, String options, Consumer<Args> more) {
    int now = Math.min(layers.size(), LAYERS);
    launchOne(layers.subList(0, now), before, options, more);
    if (now < layers.size()) {
      launch(layers.subList(now, layers.size()), List.of(), "", args -> {});
    }
  }

  private void launchOne(List<Spent> layers, List<Op> before, String options, Consumer<Args> more) {
    Adam adam = layers.get(0).step().adam();
    // What is made on the way back comes panel by panel.
    Share share = tiles.tiling().shareOf(before.isEmpty() ? largeTiles(layers) : 0);
    Args args = launches.optimiser(launches.args(layers.get(0).gradient().x().rows()), adam);
    more.accept(args);
    List<Op> covers = new ArrayList<>(before);
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
      groups += share.across(layer.in()) * share.across(layer.out());
      covers.add(o);
      covers.add(layers.get(n).step());
    }
    boolean images = gathers.containsKey(layers.get(0).gradient().x());
    String all = "-DLAYERS=" + layers.size() + (images ? " -DGATHERED " : " ") + options;
    tiles.add(share, "gpu/update.cl", all.strip(), "update", args, groups, 1, covers);
  }

  private static long largeTiles(List<Spent> layers) {
    return layers.stream()
        .map(s -> s.gradient().layer())
        .mapToLong(layer -> Large.tiles(layer.in(), layer.out()))
        .sum();
  }

  /** What a kernel reads as a matrix, or as images where they lie. */
  Args input(Args args, String name, Tensor x) {
    Op.Gather gather = gathers.get(x);
    return gather == null
        ? args.with(name, store.own(x))
        : args.with("images", store.own(gather.images())).with("order", store.own(gather.order()));
  }
}
