package vaeocl.opencl.plan;

import vaeocl.ops.Op;
import vaeocl.ops.Sampling;
import vaeocl.random.Stream;

/** Arguments of the kernels around the latent space, which all tilings' kernels give one name. */
public final class LatentArgs {
  private LatentArgs() {}

  /** Of the sampling. */
  public static Args of(Launches launches, TensorStore store, Op.Latent o) {
    int batch = o.z().rows();
    boolean training = o.sampling() == Sampling.TRAIN;
    Args args = launches.args(batch).with("latent", o.z().cols());
    args.with("heads", store.own(o.heads())).with("z", store.own(o.z()));
    args.with("eps", store.own(o.eps())).with("kl", store.slots(o.kl(), batch));
    args.with("order", store.own(o.order()));
    args.with("sampled", o.sampling() == Sampling.MEAN ? 0 : 1).with("stepwise", training ? 1 : 0);
    args.with("stream", (training ? Stream.TRAIN : Stream.EVALUATE).word());
    return args.with("seedLow", (int) o.seed()).with("seedHigh", (int) (o.seed() >>> 32));
  }

  /** Of the way back. */
  public static Args of(Launches launches, TensorStore store, Op.LatentBackward o) {
    Args args = launches.args(o.dz().rows()).with("latent", o.dz().cols());
    args.with("beta", (float) o.beta()).with("dHeads", store.own(o.dHeads()));
    args.with("heads", store.own(o.heads())).with("dz", store.own(o.dz()));
    return args.with("eps", store.own(o.eps()));
  }

  /** Of what is kept of a batch. */
  public static Args of(Launches launches, TensorStore store, Op.Scatter o) {
    Args args = launches.args(o.part().rows()).with("allRows", store.own(o.all()));
    args.with("part", store.own(o.part())).with("order", store.own(o.order()));
    return args.with("columns", o.all().cols()).with("partColumns", o.part().cols());
  }
}
