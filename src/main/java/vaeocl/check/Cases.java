package vaeocl.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vaeocl.model.DataTensors;
import vaeocl.model.Objective;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * Every kernel at the experiment's shapes and at ragged ones, which end in the middle of a tile.
 *
 * <p>Longer than 250 lines: one page of all cases.
 */
public final class Cases {
  /** Data sets of the cases have more rows than a batch, and batches do not begin at row 0. */
  static final int START = 3;

  static final int SLOTS = 5;

  /** Batch of the small shape, of two slabs, at which every activation and ink is simulated. */
  private static final int ONE_OF_ALL = 3;

  /** Batch of the small shape, of more than a tile, at which chains of a layer's zeros are. */
  private static final int CHAINED = 33;

  /** Inputs of the layer that makes a hidden layer with zeros. */
  private static final int BELOW = 5;

  static final long SEED = 0x1234_5678_9ABCL;

  /** Batch, in, out, beside the layers of the net that bench measures. */
  private static final int[][] LAYERS = {
    {1, 1, 1},
    {2, 3, 31},
    {3, 33, 2},
    {33, 17, 35},
    {31, 129, 33},
    {96, 127, 129},
    {129, 31, 96},
    {96, 400, 784}
  };

  /** Batch, in, out of a layer of so many tiles that GPUs take larger ones, at little work. */
  private static final int[] LARGE = {1100, 33, 1500};

  /** All that kernels tell apart. */
  static final List<Likelihood> LIKELIHOODS =
      List.of(Likelihood.MSE, Likelihood.BERNOULLI, Likelihood.CONTINUOUS_BERNOULLI);

  /** Free bits of which some dimensions have less. */
  private static final double FREE = 0.4;

  private static final int PIXELS = 28 * 28;

  /** Batch, width of the layer with ReLU, and of what is below it; the first are small. */
  private static final int[][] RELUS = {
    {7, 5, 2}, {80, 32, 5}, {1, 1, 1}, {17, 13, 1}, {35, 47, 3}, {150, 90, 40}, {128, 400, 784}
  };

  private static final int SMALL_RELUS = 2;

  /** Batch, latent size. */
  private static final int[][] LATENTS = {{1, 1}, {3, 2}, {31, 3}, {33, 5}, {128, 2}, {96, 20}};

  /** Widths of the layers on both sides of the latent space. */
  private static final int[][] LATENT_WIDTHS = {{3, 33}, {35, 17}, {400, 400}};

  /** Batch, pixels, latent size, widths of the encoder's hidden layers. */
  private static final int[][] NETS = {
    {1, 4, 1, 3},
    {2, 64, 3, 5},
    {3, 49, 2, 33},
    {33, 70, 5, 35},
    {300, 49, 8, 100},
    {45, 100, 20, 64},
    {35, 49, 2, 40, 33},
    {128, 784, 2, 400}
  };

  /** Batch of the net, one of the above, that every objective is tried with. */
  private static final int SOME_NET = 33;

  private static final int SAMPLES = 3;

  /** Batch, height, width: also too small for SSIM, and too large for a GPU's local memory. */
  private static final int[][] IMAGES = {
    {1, 7, 7}, {2, 9, 8}, {17, 7, 10}, {33, 28, 28}, {3, 1, 1}, {5, 6, 9}, {4, 9, 5}, {3, 47, 64}
  };

  private final List<OpCase> cases = new ArrayList<>();

  private Cases() {}

  /** All cases, the same every time. */
  public static List<OpCase> all() {
    Cases all = new Cases();
    for (int[] s : LAYERS) {
      all.layer(s[0], s[1], s[2]);
    }
    VaeConfig net = VaeConfig.DEFAULT;
    for (Linear layer : new Vae(PIXELS, net).layers()) {
      all.layer(net.batchSize(), layer.in(), layer.out());
    }
    all.large(LARGE[0], LARGE[1], LARGE[2]);
    for (int i = 0; i < RELUS.length; i++) {
      all.relu(RELUS[i][0], RELUS[i][1], RELUS[i][2], i < SMALL_RELUS);
    }
    for (int[] s : LATENTS) {
      all.latent(s[0], s[1]);
    }
    for (int[] s : NETS) {
      List<Integer> hidden = Arrays.stream(s).skip(3).boxed().toList();
      Map<String, Object> widths = Map.of("hidden", hidden, "latent", s[2]);
      all.net(VaeConfig.DEFAULT.with(widths), s[0], s[1]);
    }
    for (int[] s : IMAGES) {
      all.images(s[0], s[1], s[2]);
    }
    all.cases.addAll(ImportanceCases.all());
    return List.copyOf(all.cases);
  }

  private void layer(int batch, int in, int out) {
    String shape = batch + "x" + in + "x" + out;
    boolean small = (long) batch * in * out <= 40_000;
    boolean chained = small && batch == CHAINED;
    Tensor x = Tensor.activation(shape + " x", batch, in);
    Tensor pixels = new Tensor(shape + " pixels", Role.INPUT, Type.F32, batch, in);
    Tensor y = Tensor.activation(shape + " y", batch, out);
    Tensor target = new Tensor(shape + " target", Role.INPUT, Type.F32, batch, out);
    Tensor few = Tensor.activation(shape + " few", batch, BELOW);
    Tensor hidden = Tensor.activation(shape + " hidden", batch, in);
    Tensor dx = Tensor.activation(shape + " dx", batch, in);
    Tensor dy = Tensor.activation(shape + " dy", batch, out);
    Linear layer = Linear.of(shape + " layer", in, out);
    Linear below = Linear.of(shape + " below", BELOW, in);
    // Zeros are left out of what the plan itself writes.
    Op toPixels = gather(pixels);
    Op toHidden = new Op.Dense(hidden, few, below, Activation.RELU);

    add("Gather " + batch + "x" + in, small, toPixels);
    for (Activation f : Activation.values()) {
      add("Dense " + shape + " " + f, simulated(small, batch, f), new Op.Dense(y, x, layer, f));
    }
    Op.Dense ofHidden = new Op.Dense(y, hidden, layer, Activation.RELU);
    fuse("Dense + Dense " + shape + " of relu", chained, Set.of(), toHidden, ofHidden);
    Tensor error = slot(shape + " error");
    Tensor fusedError = slot(shape + " fused error");
    Op.Dense last = new Op.Dense(y, x, layer, Activation.NONE);
    for (Likelihood l : LIKELIHOODS) {
      boolean mse = l == Likelihood.MSE;
      boolean simulated = small && (mse || batch == ONE_OF_ALL);
      if (!mse && !simulated && out != PIXELS) {
        continue; // once at the decoder's shape
      }
      Op loss = new Op.Reconstruction(dy, error, y, target, l);
      add("Reconstruction " + batch + "x" + out + " " + l, simulated, loss);
      Op fused = new Op.Reconstruction(dy, fusedError, y, target, l);
      fuse("Dense + Reconstruction " + shape + " " + l, simulated, Set.of(y), last, fused);
    }
    Op.Dense lastHidden = new Op.Dense(y, hidden, layer, Activation.NONE);
    String lastOfHidden = "Dense + Dense + Reconstruction " + shape + " of relu";
    Op fused = new Op.Reconstruction(dy, fusedError, y, target, Likelihood.MSE);
    fuse(lastOfHidden, chained, Set.of(y), toHidden, lastHidden, fused);
    for (Activation f : Activation.values()) {
      Op backward = new Op.DenseBackward(dx, dy, x, layer, f);
      add("DenseBackward " + shape + " " + f, simulated(small, batch, f), backward);
    }
    Op.DenseBackward back = new Op.DenseBackward(dx, dy, hidden, layer, Activation.RELU);
    fuse("Dense + DenseBackward " + shape + " to relu", chained, Set.of(), toHidden, back);
    Op.AdamStep adam = new Op.AdamStep(layer, Adam.of(1e-3));
    Set<Tensor> gradients = Set.of(layer.weight().gradient(), layer.bias().gradient());
    Op.Gradient ofX = new Op.Gradient(layer, dy, x);
    add("Gradient " + shape, small, ofX);
    fuse("Gradient + AdamStep " + shape, small, gradients, ofX, adam);
    Op.Gradient ofPixels = new Op.Gradient(layer, dy, pixels);
    fuse("Gather + Gradient + AdamStep " + shape, small, gradients, toPixels, ofPixels, adam);
    Op.Gradient ofRelu = new Op.Gradient(layer, dy, hidden);
    fuse("Dense + Gradient " + shape + " of relu", chained, Set.of(), toHidden, ofRelu);
    fuse("Dense + Gradient + AdamStep " + shape, chained, gradients, toHidden, ofRelu, adam);
    add("AdamStep " + in + "x" + out, small, adam);
    // What gather says of zeros is seen only in the products that believe it.
    Op.Dense first = new Op.Dense(y, pixels, layer, Activation.RELU);
    List<Op> chain = List.of(toPixels, first, ofPixels);
    for (Ink ink : Ink.values()) {
      String label = "Gather + Dense + Gradient " + shape + " " + ink;
      // Large unusual inputs once, at fc1's shape.
      if (ink == Ink.DRAWN || small || in == PIXELS) {
        boolean simulated = small && (ink == Ink.DRAWN || batch == ONE_OF_ALL);
        cases.add(new OpCase(label, chain, Set.of(), simulated, ink));
      }
    }
  }

  /** Every product once, with an output of the larger two sizes. */
  private void large(int batch, int in, int out) {
    String shape = batch + "x" + in + "x" + out;
    Tensor x = Tensor.activation(shape + " x", batch, in);
    Tensor y = Tensor.activation(shape + " y", batch, out);
    Linear layer = Linear.of(shape + " layer", in, out);
    add("Dense " + shape, false, new Op.Dense(y, x, layer, Activation.RELU));
    String turned = batch + "x" + out + "x" + in;
    Tensor wide = Tensor.activation(turned + " x", batch, out);
    Tensor dWide = Tensor.activation(turned + " dx", batch, out);
    Tensor dNarrow = Tensor.activation(turned + " dy", batch, in);
    Linear narrowing = Linear.of(turned + " layer", out, in);
    Op backward = new Op.DenseBackward(dWide, dNarrow, wide, narrowing, Activation.RELU);
    add("DenseBackward " + turned, false, backward);
    String square = in + "x" + batch + "x" + out;
    Tensor left = Tensor.activation(square + " x", in, batch);
    Tensor right = Tensor.activation(square + " dy", in, out);
    add("Gradient " + square, false, new Op.Gradient(Linear.of(square, batch, out), right, left));
  }

  /** A simulator has the common activations at all small shapes, each of the others at one. */
  private static boolean simulated(boolean small, int batch, Activation f) {
    return small && (f == Activation.NONE || f == Activation.RELU || batch == ONE_OF_ALL);
  }

  /** A layer with ReLU, and a layer on top of it that leaves its zeros out. */
  private void relu(int batch, int in, int out, boolean small) {
    String shape = batch + "x" + in + "x64 on " + out;
    Tensor x = new Tensor(shape + " x", Role.INPUT, Type.F32, batch, out);
    Tensor h = Tensor.activation(shape + " h", batch, in);
    Tensor y = Tensor.activation(shape + " y", batch, 64);
    Tensor dy = Tensor.activation(shape + " dy", batch, 64);
    Tensor dh = Tensor.activation(shape + " dh", batch, in);
    Linear below = Linear.of(shape + " below", out, in);
    Linear layer = Linear.of(shape + " layer", in, 64);
    fuse(
        "Gather + Dense + Dense + DenseBackward + Gradient + AdamStep " + shape,
        small,
        Set.of(below.weight().gradient(), below.bias().gradient()),
        gather(x),
        new Op.Dense(h, x, below, Activation.RELU),
        new Op.Dense(y, h, layer, Activation.NONE),
        new Op.DenseBackward(dh, dy, h, layer, Activation.RELU),
        new Op.Gradient(layer, dy, h),
        new Op.Gradient(below, dh, x),
        new Op.AdamStep(below, Adam.of(1e-3)));
  }

  private void latent(int batch, int latent) {
    String shape = batch + "x" + latent;
    Tensor heads = Tensor.activation(shape + " heads", batch, 2 * latent);
    Tensor dHeads = Tensor.activation(shape + " dHeads", batch, 2 * latent);
    Tensor z = Tensor.activation(shape + " z", batch, latent);
    Tensor dz = Tensor.activation(shape + " dz", batch, latent);
    Tensor eps = Tensor.activation(shape + " eps", batch, latent);
    Tensor order = order(shape, batch);
    for (Sampling sampling : Sampling.values()) {
      Tensor kl = slot(shape + " kl");
      Op op = new Op.Latent(z, eps, kl, heads, order, sampling, SEED);
      add("Latent " + shape + " " + sampling, true, op);
    }
    add("Scatter " + shape, true, new Op.Scatter(mu(order, latent), heads, order));
    Op.LatentBackward backward = new Op.LatentBackward(dHeads, dz, heads, eps, 0);
    add("LatentBackward " + shape, true, backward);
    Op free = new Op.LatentBackward(dHeads, dz, heads, eps, FREE);
    add("LatentBackward " + shape + " of free bits", true, free);
    add("FreeBits " + shape, true, new Op.FreeBits(slot(shape + " free"), heads, FREE));

    for (int[] widths : LATENT_WIDTHS) {
      String name = shape + " between " + widths[0] + " and " + widths[1];
      boolean small = widths[1] < 400 && batch * widths[1] * latent < 5000;
      Tensor x = Tensor.activation(name + " x", batch, widths[0]);
      Tensor dx = Tensor.activation(name + " dx", batch, widths[0]);
      Tensor y = Tensor.activation(name + " y", batch, widths[1]);
      Tensor dy = Tensor.activation(name + " dy", batch, widths[1]);
      Linear first = Linear.of(name + " heads", widths[0], 2 * latent);
      Linear second = Linear.of(name + " decoder", latent, widths[1]);
      Tensor kl = slot(name + " kl");
      fuse(
          "Dense + Latent + Scatter + Dense " + name,
          small,
          Set.of(),
          new Op.Dense(heads, x, first, Activation.NONE),
          new Op.Latent(z, eps, kl, heads, order, Sampling.TRAIN, SEED),
          new Op.Scatter(mu(order, latent), heads, order),
          new Op.Dense(y, z, second, Activation.RELU));
      fuse(
          "DenseBackward + LatentBackward + DenseBackward " + name,
          small,
          Set.of(),
          new Op.DenseBackward(dz, dy, z, second, Activation.NONE),
          backward,
          new Op.DenseBackward(dx, dHeads, x, first, Activation.RELU));
      if (widths[0] == LATENT_WIDTHS[0][0]) {
        fuse(
            "DenseBackward + LatentBackward + DenseBackward " + name + " of free bits",
            small,
            Set.of(),
            new Op.DenseBackward(dz, dy, z, second, Activation.NONE),
            free,
            new Op.DenseBackward(dx, dHeads, x, first, Activation.RELU));
      }
    }
  }

  /** A whole step of training a net, and of one of them with every objective. */
  private void net(VaeConfig config, int batch, int pixels) {
    cases.add(step(config, batch, pixels));
    if (batch == SOME_NET) {
      Map<String, Object> weighed = Map.of("objective", Objective.IWAE, "samples", SAMPLES);
      Map<String, Map<String, Object>> others =
          Map.of(
              "bernoulli", Map.of("likelihood", Likelihood.BERNOULLI),
              "ae", Map.of("objective", Objective.AE),
              "free bits", Map.of("free_bits", FREE),
              "iwae", weighed);
      new TreeMap<>(others)
          .forEach((kind, more) -> cases.add(step(kind + " ", config.with(more), batch, pixels)));
    }
  }

  /** A whole step of training a net, with another batch than its own. */
  public static OpCase step(VaeConfig config, int batch, int pixels) {
    return step("", config, batch, pixels);
  }

  private static OpCase step(String kind, VaeConfig config, int batch, int pixels) {
    Vae vae = new Vae(pixels, config);
    String widths = config.hidden().stream().map(String::valueOf).collect(Collectors.joining("-"));
    String shape = kind + batch + "x" + pixels + " " + widths + " " + config.latent();
    DataTensors data = DataTensors.of(shape, START + batch + 2, pixels);
    List<Op> step = vae.step(data, batch, SLOTS).ops();
    Set<Tensor> internal = new HashSet<>();
    for (Op op : step) {
      if (op instanceof Op.Gather || op instanceof Op.Gradient) {
        internal.addAll(op.writes());
      } else if (op instanceof Op.Reconstruction o) {
        internal.add(o.logit());
      }
    }
    return new OpCase("Step " + shape, step, internal, batch * pixels < 4000, Ink.DRAWN);
  }

  private void images(int batch, int height, int width) {
    String shape = batch + "x" + height + "x" + width;
    int pixels = height * width;
    Tensor x = new Tensor(shape + " image", Role.INPUT, Type.F32, batch, pixels);
    Tensor recon = Tensor.activation(shape + " recon", batch, pixels);
    Tensor figures = new Tensor(shape + " figures", Role.RESULT, Type.F32, START + batch, 3);
    Op op = new Op.ImageMetrics(figures, recon, x, height, width);
    add("ImageMetrics " + shape, batch * pixels < 2000, op);
  }

  private static Op.Gather gather(Tensor x) {
    int rows = START + x.rows() + 2;
    Tensor images = new Tensor(x.name() + " set", Role.DATASET, Type.U8, rows, x.cols());
    return new Op.Gather(x, images, order(x.name(), x.rows()));
  }

  static Tensor order(String name, int batch) {
    return new Tensor(name + " order", Role.DATASET, Type.I32, 1, START + batch + 2);
  }

  private static Tensor mu(Tensor order, int latent) {
    return new Tensor(order.name() + " mu", Role.RESULT, Type.F32, order.cols(), latent);
  }

  static Tensor slot(String name) {
    return new Tensor(name, Role.SLOT, Type.F32, SLOTS, 1);
  }

  private void add(String label, boolean small, Op op) {
    cases.add(new OpCase(label, List.of(op), Set.of(), small, Ink.DRAWN));
  }

  private void fuse(String label, boolean small, Set<Tensor> internal, Op... ops) {
    cases.add(new OpCase(label, List.of(ops), internal, small, Ink.DRAWN));
  }
}
