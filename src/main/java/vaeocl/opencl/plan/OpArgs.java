package vaeocl.opencl.plan;

import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Sampling;
import vaeocl.random.Stream;

/** Arguments that the kernels of all tilings have for an operation, under one name each. */
public record OpArgs(Launches launches, TensorStore store) {
  /** A product's operands and sizes, without its output. */
  public Args dense(Op.Dense o) {
    return layer(launches.args(o.y().rows()).with("x", store.own(o.x())), o);
  }

  /** A product's sizes, weights and bias alone. */
  public Args layer(Args args, Op.Dense o) {
    args.with("in", o.x().cols()).with("out", o.y().cols());
    args.with("w", store.own(o.layer().weight().value()));
    return args.with("bias", store.own(o.layer().bias().value()));
  }

  /** The sampling. */
  public Args latent(Op.Latent o) {
    int batch = o.z().rows();
    boolean training = o.sampling() == Sampling.TRAIN;
    boolean stepwise = training || o.sampling() == Sampling.IMPORTANCE;
    Args args = launches.args(batch).with("latent", o.z().cols()).with("samples", o.samples());
    args.with("heads", store.own(o.heads())).with("z", store.own(o.z()));
    args.with("eps", store.own(o.eps())).with("kl", store.slots(o.kl(), batch));
    args.with("order", store.own(o.order()));
    args.with("sampled", o.sampling() == Sampling.MEAN ? 0 : 1).with("stepwise", stepwise ? 1 : 0);
    args.with("stream", (training ? Stream.TRAIN : Stream.EVALUATE).word());
    return args.with("seedLow", (int) o.seed()).with("seedHigh", (int) (o.seed() >>> 32));
  }

  /** What is kept of a batch. */
  public Args scatter(Op.Scatter o) {
    Args args = launches.args(o.part().rows()).with("allRows", store.own(o.all()));
    args.with("part", store.own(o.part())).with("order", store.own(o.order()));
    return args.with("columns", o.all().cols()).with("partColumns", o.part().cols());
  }

  /** The loss by itself, a sum for each sample. */
  public Args reconstruction(Op.Reconstruction o) {
    int batch = o.x().rows();
    Args args = launches.args(batch).with("out", o.x().cols()).with("dL", store.own(o.dLogit()));
    args.with("error", store.slots(o.error(), batch)).with("likelihood", o.f().code());
    return args.with("logit", store.own(o.logit())).with("x", store.own(o.x()));
  }

  /** The loss behind a product, a sum for each of its tiles. */
  public Args reconstruction(Args product, Op.Reconstruction o, int tiles) {
    product.with("dL", store.own(o.dLogit())).with("likelihood", o.f().code());
    return product.with("error", store.slots(o.error(), tiles)).with("target", store.own(o.x()));
  }

  /** The way back through the sampling. */
  public Args latentBackward(Op.LatentBackward o) {
    Args args = launches.args(o.dz().rows()).with("latent", o.dz().cols());
    args.with("freeBits", (float) o.freeBits()).with("dHeads", store.own(o.dHeads()));
    args.with("heads", store.own(o.heads())).with("dz", store.own(o.dz()));
    return args.with("eps", store.own(o.eps()));
  }

  /** Where gradients go. */
  public Args gradients(Args args, Linear layer) {
    return args.with("dw", store.own(layer.weight().gradient()))
        .with("db", store.own(layer.bias().gradient()));
  }

  /** What Adam changes at once where gradients are not kept. */
  public Args adam(Args args, Op.AdamStep o) {
    Linear layer = o.layer();
    launches.optimiser(args, o.adam());
    args.with("w", store.own(layer.weight().value())).with("b", store.own(layer.bias().value()));
    args.with("wM", store.own(layer.weight().m())).with("bM", store.own(layer.bias().m()));
    return args.with("wV", store.own(layer.weight().v())).with("bV", store.own(layer.bias().v()));
  }
}
