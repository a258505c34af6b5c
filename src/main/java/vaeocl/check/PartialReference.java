package vaeocl.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;
import vaeocl.reference.HostBackend;
import vaeocl.reference.HostMatrix;

/**
 * The reference at some rows and columns of what operations write, cheap at any size: each
 * operation becomes a smaller one of the same kind, of those rows and columns alone.
 *
 * <p>Operands are what the device made of them, so that nothing is held against an operation that
 * is not its own; what never reached memory comes from the reference, with its bounds.
 *
 * <p>Longer than 250 lines: a method for every kind of operation, on one page.
 */
final class PartialReference implements Op.Visitor<List<PartialReference.Part>> {
  /** How far from its estimate the sum of a loss may lie, of which a tile is far more. */
  private static final double ESTIMATE = 1e-3;

  /** The same in standard errors. */
  private static final double CHANCE = 6;

  private static final int[] ONE = {0};

  private final HostBackend host = new HostBackend();
  private final Map<Tensor, Values> known = new HashMap<>();
  private final Map<Tensor, Part> computed = new HashMap<>();
  private final Map<Linear, Linear> spent = new HashMap<>();
  private final Map<Tensor, Linear> makers = new HashMap<>();
  private final Trial trial;
  private int names;

  /**
   * What a tensor has to hold at some rows and columns.
   *
   * @param small a tensor of these rows and columns alone
   * @param expected [rows, columns]
   */
  record Part(Tensor tensor, int[] rows, int[] cols, Tensor small, HostMatrix expected) {}

  /**
   * @param given what the trial's plan reads
   */
  PartialReference(Trial trial, Map<Tensor, Values> given) {
    this.trial = trial;
    known.putAll(given);
  }

  /** What a tensor holds from now on. */
  void know(Tensor t, Values values) {
    known.put(t, values);
  }

  private static int[] all(int n) {
    return Grid.all(n);
  }

  private void run(Op small) {
    try (Plan plan = host.compile(List.of(small), Set.of())) {
      plan.run(new Batches(trial.batches().step(), 0, 0, 1));
    }
  }

  private Tensor fresh(Tensor t, int rows, int cols) {
    return new Tensor(t.name() + " " + names++, t.role(), t.type(), rows, cols);
  }

  private Tensor fresh(Tensor t, int[] rows, int[] cols) {
    return fresh(t, rows.length, cols.length);
  }

  private static int[] some(int n) {
    return Grid.of(n, Grid.PRODUCT);
  }

  private Part part(Tensor t, int[] rows, int[] cols, Tensor small) {
    Part part = new Part(t, rows, cols, small, host.matrix(small));
    computed.put(t, part);
    return part;
  }

  private Tensor operand(Tensor t, int[] rows, int[] cols) {
    Values values = known.get(t);
    if (values == null) {
      return computed.get(t).small();
    }
    Tensor small = fresh(t, rows, cols);
    host.write(small, values.slice(rows, cols));
    return small;
  }

  /** Some units of a layer, and some of what they read. */
  private Linear layer(Linear l, int[] outs, int[] ins) {
    Linear small = Linear.of(l.name() + " " + names++, ins.length, outs.length);
    copy(l.weight().value(), small.weight().value(), outs, ins);
    copy(l.bias().value(), small.bias().value(), ONE, outs);
    return small;
  }

  private void copy(Tensor from, Tensor to, int[] rows, int[] cols) {
    host.write(to, known.get(from).slice(rows, cols));
  }

  /** The rows' images, by their numbers in the data set or among the trial's. */
  private Tensor order(int[] numbers) {
    Tensor order = new Tensor("order " + names++, Role.DATASET, Type.I32, 1, numbers.length);
    host.write(order, numbers);
    return order;
  }

  @Override
  public List<Part> gather(Op.Gather o) {
    int[] rows = all(o.x().rows());
    int[] cols = all(o.x().cols());
    Tensor images = fresh(o.images(), trial.batch(), o.x().cols());
    host.write(images, trial.images());
    Tensor x = fresh(o.x(), rows, cols);
    run(new Op.Gather(x, images, order(trial.within())));
    know(o.x(), Values.of(host.read(x), o.x().cols())); // a pixel is exact
    return List.of(part(o.x(), rows, cols, x));
  }

  @Override
  public List<Part> dense(Op.Dense o) {
    int[] rows = some(o.y().rows());
    int[] cols = some(o.y().cols());
    makers.put(o.y(), o.layer());
    Tensor y = fresh(o.y(), rows, cols);
    int[] terms = all(o.x().cols());
    run(new Op.Dense(y, operand(o.x(), rows, terms), layer(o.layer(), cols, terms), o.f()));
    return List.of(part(o.y(), rows, cols, y));
  }

  @Override
  public List<Part> latent(Op.Latent o) {
    int[] rows = all(o.z().rows());
    int[] cols = all(o.z().cols());
    Tensor z = fresh(o.z(), rows, cols);
    Tensor eps = fresh(o.eps(), rows, cols);
    Tensor kl = fresh(o.kl(), 1, 1);
    Tensor heads = operand(o.heads(), all(o.heads().rows()), all(o.heads().cols()));
    run(new Op.Latent(z, eps, kl, heads, order(trial.numbers()), o.sampling(), o.seed()));
    return List.of(
        part(o.z(), rows, cols, z), part(o.eps(), rows, cols, eps), part(o.kl(), ONE, ONE, kl));
  }

  @Override
  public List<Part> scatter(Op.Scatter o) {
    int[] rows = all(o.part().rows());
    Tensor kept = fresh(o.all(), rows.length, o.all().cols());
    run(new Op.Scatter(kept, operand(o.part(), rows, all(o.part().cols())), order(rows)));
    return List.of(part(o.all(), trial.numbers(), all(o.all().cols()), kept));
  }

  @Override
  public List<Part> reconstruction(Op.Reconstruction o) {
    Part logits = known.containsKey(o.logit()) ? null : computed.get(o.logit());
    int[] rows = logits == null ? all(o.x().rows()) : logits.rows();
    int[] cols = logits == null ? all(o.x().cols()) : logits.cols();
    Tensor dLogit = fresh(o.dLogit(), rows, cols);
    Tensor error = fresh(o.error(), 1, 1);
    Tensor logit = operand(o.logit(), rows, cols);
    run(new Op.Reconstruction(dLogit, error, logit, operand(o.x(), rows, cols), o.f()));
    if (logits != null && (long) rows.length * cols.length < o.x().size()) {
      estimate(o, host.matrix(error), logits);
    }
    return List.of(part(o.dLogit(), rows, cols, dLogit), part(o.error(), ONE, ONE, error));
  }

  /**
   * The sum over all logits where some are known: their layer's weights are so small that they lie
   * near its bias, whose loss is known everywhere, and how far from it is known of some.
   */
  private void estimate(Op.Reconstruction o, HostMatrix error, Part logits) {
    Values bias = known.get(makers.get(o.logit()).bias().value());
    Values x = known.get(o.x());
    int[] cols = logits.cols();
    double[] off = new double[logits.rows().length * cols.length];
    for (int i = 0; i < off.length; i++) {
      int col = cols[i % cols.length];
      float pixel = x.at(logits.rows()[i / cols.length], col);
      double near = o.f().loss(bias.at(0, col), pixel);
      off[i] = o.f().loss(logits.expected().value()[i], pixel) - near;
    }
    double all = 0;
    for (int col = 0; col < o.x().cols(); col++) {
      double black = o.f().loss(bias.at(0, col), 0);
      for (int row = 0; row < o.x().rows(); row++) {
        float pixel = x.at(row, col);
        all += pixel == 0 ? black : o.f().loss(bias.at(0, col), pixel);
      }
    }
    SampledSum rest = SampledSum.of(off, cols.length, o.x().size());
    error.value()[0] = all + rest.value();
    // Few hidden units that are never zero leave more to chance, and losses of both signs may add
    // up to anything, also to 0.
    error.bound()[0] = CHANCE * rest.error() + ESTIMATE * Math.abs(error.value()[0]);
  }

  @Override
  public List<Part> denseBackward(Op.DenseBackward o) {
    int[] rows = some(o.dx().rows());
    int[] cols = some(o.dx().cols());
    Tensor dx = fresh(o.dx(), rows, cols);
    int[] terms = all(o.dy().cols());
    Tensor dy = operand(o.dy(), rows, terms);
    Tensor x = operand(o.x(), rows, cols);
    run(new Op.DenseBackward(dx, dy, x, layer(o.layer(), terms, cols), o.f()));
    return List.of(part(o.dx(), rows, cols, dx));
  }

  @Override
  public List<Part> latentBackward(Op.LatentBackward o) {
    int[] rows = all(o.dz().rows());
    int[] cols = all(o.dz().cols());
    int[] both = all(o.dHeads().cols());
    Tensor dHeads = fresh(o.dHeads(), rows, both);
    Tensor dz = operand(o.dz(), rows, cols);
    Tensor heads = operand(o.heads(), rows, both);
    run(new Op.LatentBackward(dHeads, dz, heads, operand(o.eps(), rows, cols), o.freeBits()));
    return List.of(part(o.dHeads(), rows, both, dHeads));
  }

  @Override
  public List<Part> binarize(Op.Binarize o) {
    return List.of(); // of no batch: not tried
  }

  @Override
  public List<Part> freeBits(Op.FreeBits o) {
    Tensor extra = fresh(o.extra(), 1, 1);
    run(new Op.FreeBits(extra, whole(o.heads()), o.freeBits()));
    return List.of(part(o.extra(), ONE, ONE, extra));
  }

  @Override
  public List<Part> logWeights(Op.LogWeights o) {
    Tensor logW = fresh(o.logW(), o.logW().rows(), 1);
    Tensor z = whole(o.z());
    run(
        new Op.LogWeights(
            logW, whole(o.logit()), whole(o.x()), z, whole(o.eps()), whole(o.heads()), o.f()));
    return List.of(part(o.logW(), all(o.logW().rows()), ONE, logW));
  }

  @Override
  public List<Part> importanceWeights(Op.ImportanceWeights o) {
    Tensor share = fresh(o.share(), o.share().rows(), 1);
    Tensor bound = fresh(o.bound(), 1, 1);
    run(new Op.ImportanceWeights(share, bound, whole(o.logW()), o.samples()));
    return List.of(
        part(o.share(), all(o.share().rows()), ONE, share), part(o.bound(), ONE, ONE, bound));
  }

  @Override
  public List<Part> weightedGradient(Op.WeightedGradient o) {
    int[] rows = all(o.dLogit().rows());
    int[] cols = some(o.dLogit().cols());
    Tensor dLogit = fresh(o.dLogit(), rows, cols);
    Tensor logit = operand(o.logit(), rows, cols);
    Tensor x = operand(o.x(), all(o.x().rows()), cols);
    run(new Op.WeightedGradient(dLogit, logit, x, whole(o.share()), o.f()));
    return List.of(part(o.dLogit(), rows, cols, dLogit));
  }

  @Override
  public List<Part> importanceBackward(Op.ImportanceBackward o) {
    int[] rows = all(o.dHeads().rows());
    int[] cols = all(o.dHeads().cols());
    Tensor dHeads = fresh(o.dHeads(), rows, cols);
    Tensor heads = whole(o.heads());
    Tensor share = whole(o.share());
    run(
        new Op.ImportanceBackward(
            dHeads, whole(o.dz()), whole(o.z()), whole(o.eps()), heads, share));
    return List.of(part(o.dHeads(), rows, cols, dHeads));
  }

  private Tensor whole(Tensor t) {
    return operand(t, all(t.rows()), all(t.cols()));
  }

  @Override
  public List<Part> gradient(Op.Gradient o) {
    int[] outs = some(o.layer().out());
    int[] ins = some(o.layer().in());
    int[] samples = all(o.x().rows());
    Linear small = layer(o.layer(), outs, ins);
    spent.put(o.layer(), small);
    run(new Op.Gradient(small, operand(o.dy(), samples, outs), operand(o.x(), samples, ins)));
    return List.of(
        part(o.layer().weight().gradient(), outs, ins, small.weight().gradient()),
        part(o.layer().bias().gradient(), ONE, outs, small.bias().gradient()));
  }

  @Override
  public List<Part> adamStep(Op.AdamStep o) {
    int[] outs = some(o.layer().out());
    int[] ins = some(o.layer().in());
    Linear small = spent.computeIfAbsent(o.layer(), l -> layer(l, outs, ins));
    before(o.layer().weight(), small.weight(), outs, ins);
    before(o.layer().bias(), small.bias(), ONE, outs);
    run(new Op.AdamStep(small, o.adam()));
    List<Part> parts = new ArrayList<>(after(o.layer().weight(), small.weight(), outs, ins));
    parts.addAll(after(o.layer().bias(), small.bias(), ONE, outs));
    return parts;
  }

  private void before(Param p, Param small, int[] rows, int[] cols) {
    copy(p.m(), small.m(), rows, cols);
    copy(p.v(), small.v(), rows, cols);
    if (known.containsKey(p.gradient())) {
      copy(p.gradient(), small.gradient(), rows, cols);
    }
  }

  private List<Part> after(Param p, Param small, int[] rows, int[] cols) {
    return List.of(
        part(p.value(), rows, cols, small.value()),
        part(p.m(), rows, cols, small.m()),
        part(p.v(), rows, cols, small.v()));
  }

  @Override
  public List<Part> imageMetrics(Op.ImageMetrics o) {
    int[] rows = Grid.of(o.x().rows(), Grid.IMAGES);
    int[] pixels = all(o.x().cols());
    int[] figures = all(o.figures().cols());
    Tensor small = fresh(o.figures(), rows, figures);
    Tensor recon = operand(o.recon(), rows, pixels);
    Tensor x = operand(o.x(), rows, pixels);
    run(new Op.ImageMetrics(small, recon, x, o.height(), o.width()));
    int start = trial.batches().start();
    int[] images = Arrays.stream(rows).map(r -> start + r).toArray();
    return List.of(part(o.figures(), images, figures, small));
  }
}
