package vaeocl.model;

import java.util.ArrayList;
import java.util.List;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** One way through the net for one batch size: its operations, and tensors of its own. */
final class Pass {
  private final Vae vae;
  private final int batch;
  private final String prefix;
  private final List<Op> ops = new ArrayList<>();

  Pass(Vae vae, int batch, String prefix) {
    this.vae = vae;
    this.batch = batch;
    this.prefix = prefix;
  }

  int batch() {
    return batch;
  }

  /** What it does so far. */
  List<Op> ops() {
    return List.copyOf(ops);
  }

  void add(Op op) {
    ops.add(op);
  }

  /** Sums of each of so many steps. */
  Tensor slots(String name, int steps) {
    return new Tensor(prefix + name + " " + batch, Role.SLOT, Type.F32, steps, 1);
  }

  Tensor input() {
    return new Tensor(prefix + "x", Role.INPUT, Type.F32, batch, vae.pixels());
  }

  Tensor activation(String name, int features) {
    return Tensor.activation(prefix + name, batch, features);
  }

  Tensor gather(DataTensors data) {
    Tensor x = input();
    add(new Op.Gather(x, data.images(), data.order()));
    return x;
  }

  Tensor dense(Tensor x, List<Layer> layers) {
    Tensor y = x;
    for (Layer layer : layers) {
      Tensor input = y;
      y = activation(layer.output(), layer.linear().out());
      add(new Op.Dense(y, input, layer.linear(), layer.f()));
    }
    return y;
  }

  Tensor sample(Tensor heads, Tensor kl, Tensor order, Sampling sampling) {
    Tensor z = activation("z", vae.config().latent());
    Tensor eps = activation("eps", vae.config().latent());
    add(new Op.Latent(z, eps, kl, heads, order, sampling, vae.config().seed()));
    return z;
  }

  /** Logarithms of weights, and the divergence of each step. */
  record Weighed(Tensor logW, Tensor kl) {}

  /** Images of a data set to the weights of so many samples of each. */
  Weighed logWeights(DataTensors data, int steps, Sampling sampling, int samples) {
    Tensor x = gather(data);
    Tensor heads = dense(x, vae.net().encoder());
    Pass each = new Pass(vae, batch * samples, prefix);
    Tensor kl = each.slots("kl", steps);
    Tensor z = each.sample(heads, kl, data.order(), sampling);
    Tensor logit = each.dense(z, vae.net().decoderToLogit());
    each.ops().forEach(this::add);
    Tensor logW = each.activation("logW", 1);
    Tensor eps = each.activation("eps", vae.config().latent());
    add(new Op.LogWeights(logW, logit, x, z, eps, heads, vae.config().likelihood()));
    return new Weighed(logW, kl);
  }
}
