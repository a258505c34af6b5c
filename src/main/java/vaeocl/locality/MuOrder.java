package vaeocl.locality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vaeocl.ops.Backend;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * The order of samples by what the encoder last said of each.
 *
 * @param mu [images, latent], on the backend
 */
record MuOrder(Backend backend, Tensor mu, BatchOrder batches) {
  /** The first sampling among operations: the one that every pass makes. */
  static Optional<Op.Latent> latent(List<Op> ops) {
    return ops.stream()
        .filter(op -> op instanceof Op.Latent)
        .map(Op.Latent.class::cast)
        .findFirst();
  }

  /**
   * @param batch samples that may change places with each other
   */
  static MuOrder of(Backend backend, Op.Latent latent, int batch, int neighbours) {
    String name = "mu by " + latent.order().name();
    int images = latent.order().cols();
    Tensor mu = new Tensor(name, Role.RESULT, Type.F32, images, latent.z().cols());
    return new MuOrder(backend, mu, new BatchOrder(batch, latent.z().cols(), neighbours));
  }

  /** The operations, and right behind the first sampling one that keeps mu. */
  List<Op> observe(List<Op> ops) {
    Op.Latent latent = latent(ops).orElseThrow();
    List<Op> observed = new ArrayList<>(ops);
    Op keep = new Op.Scatter(mu, latent.heads(), latent.order());
    observed.add(observed.indexOf(latent) + 1, keep);
    return List.copyOf(observed);
  }

  void arrange(int[] order) {
    batches.arrange(order, backend.read(mu));
  }
}
