package vaeocl.opencl.plan;

import java.util.List;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Tensor;
import vaeocl.random.Stream;

/**
 * Launches of operations whose kernels serve every tiling: little work, or such as only some
 * objectives ask for.
 */
public abstract class CommonOps implements Op.Visitor<Void> {
  private static final String IMPORTANCE = "plain/importance.cl";

  /** Columns that a work-item of {@code weighted_gradient} treats. */
  private static final int COLUMNS = 4;

  /** Pixels that a block of random words decides. */
  private static final int WORDS = 4;

  protected final TensorStore store;
  protected final Launches launches;
  protected final OpArgs arguments;
  private final int group;
  private final String options;

  /**
   * @param group work-items of a work-group
   * @param panels whether matrices lie in panels
   */
  protected CommonOps(TensorStore store, Launches launches, int group, boolean panels) {
    this.store = store;
    this.launches = launches;
    arguments = new OpArgs(launches, store);
    this.group = group;
    options = panels ? "-DPANELS" : "";
  }

  @Override
  public final Void adamStep(Op.AdamStep o) {
    for (Param p : List.of(o.layer().weight(), o.layer().bias())) {
      int count = (int) store.own(p.value()).count();
      Args args = launches.optimiser(launches.args(1), o.adam()).with("count", count);
      args.with("w", store.own(p.value())).with("m", store.own(p.m())).with("v", store.own(p.v()));
      args.with("gradient", store.own(p.gradient()));
      launches.each("plain/adam_step.cl", "adam_step", args, count, group, o);
    }
    return null;
  }

  @Override
  public final Void binarize(Op.Binarize o) {
    Args args = launches.args(1).with("pixels", o.images().cols());
    args.with("binary", store.own(o.binary())).with("images", store.own(o.images()));
    args.with("stream", Stream.BINARISE.word());
    args.with("seedLow", (int) o.seed()).with("seedHigh", (int) (o.seed() >>> 32));
    int columns = (o.images().cols() + WORDS - 1) / WORDS;
    return each("plain/binarize.cl", "binarize", args, columns, o.images().rows(), o);
  }

  @Override
  public final Void freeBits(Op.FreeBits o) {
    int batch = o.heads().rows();
    Args args = launches.args(batch).with("latent", o.heads().cols() / 2);
    args.with("heads", store.own(o.heads())).with("freeBits", (float) o.freeBits());
    args.with("extra", store.slots(o.extra(), batch));
    return each("plain/free_bits.cl", "free_bits", args, batch, 1, o);
  }

  @Override
  public final Void logWeights(Op.LogWeights o) {
    Args args = rows(o.logit(), o.x(), o.samples(), o.f()).with("logW", store.own(o.logW()));
    args.with("z", store.own(o.z())).with("eps", store.own(o.eps()));
    args.with("heads", store.own(o.heads())).with("latent", o.z().cols());
    return each(IMPORTANCE, "log_weights", args, o.logit().rows(), 1, o);
  }

  @Override
  public final Void importanceWeights(Op.ImportanceWeights o) {
    int images = o.logW().rows() / o.samples();
    Args args = launches.args(o.logW().rows()).with("samples", o.samples());
    args.with("logW", store.own(o.logW())).with("share", store.own(o.share()));
    args.with("bound", store.slots(o.bound(), images));
    return each(IMPORTANCE, "importance_weights", args, images, 1, o);
  }

  @Override
  public final Void weightedGradient(Op.WeightedGradient o) {
    Args args = rows(o.logit(), o.x(), o.samples(), o.f()).with("dL", store.own(o.dLogit()));
    args.with("share", store.own(o.share()));
    int columns = (o.logit().cols() + COLUMNS - 1) / COLUMNS;
    return each(IMPORTANCE, "weighted_gradient", args, columns, o.logit().rows(), o);
  }

  @Override
  public final Void importanceBackward(Op.ImportanceBackward o) {
    Args args = launches.args(o.z().rows()).with("samples", o.samples());
    args.with("dHeads", store.own(o.dHeads())).with("dz", store.own(o.dz()));
    args.with("z", store.own(o.z())).with("eps", store.own(o.eps()));
    args.with("heads", store.own(o.heads())).with("share", store.own(o.share()));
    args.with("latent", o.z().cols());
    return each(IMPORTANCE, "importance_backward", args, o.z().cols(), o.heads().rows(), o);
  }

  /** What reads logits of an image's samples, and the image. */
  private Args rows(Tensor logit, Tensor x, int samples, Likelihood f) {
    Args args = launches.args(logit.rows()).with("samples", samples).with("out", logit.cols());
    args.with("likelihood", f.code()).with("logit", store.own(logit));
    return args.with("x", store.own(x));
  }

  private Void each(String file, String kernel, Args args, int columns, int rows, Op op) {
    long[] global = {Launches.roundUp(columns, group), rows};
    launches.add(file, options, kernel, args, global, new long[] {group, 1}, List.of(op));
    return null;
  }
}
