package vaeocl.reference;

import java.util.List;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Tensor;
import vaeocl.random.Binarization;

/** One batch of a run: each operation by its formula. */
final class HostBatch implements Op.Visitor<Void> {
  private final HostBackend host;
  private final long step;
  private final int slot;
  private final Batches batches;
  private final int nth;

  HostBatch(HostBackend host, Batches batches, int nth) {
    this.host = host;
    this.batches = batches;
    this.nth = nth;
    step = batches.step() + nth;
    slot = batches.slot() + nth;
  }

  /** The first row of a batch of so many rows. */
  private int start(Tensor batch) {
    return batches.start() + nth * batch.rows();
  }

  @Override
  public Void gather(Op.Gather o) {
    Elementwise.gather(
        matrix(o.x()), host.bytes(o.images()), host.integers(o.order()), start(o.x()));
    return null;
  }

  @Override
  public Void binarize(Op.Binarize o) {
    int size = o.images().cols();
    for (int i = 0; i < o.images().rows(); i++) {
      Binarization.of(
          host.bytes(o.binary()), host.bytes(o.images()), size, o.seed(), (int) step, i);
    }
    return null;
  }

  @Override
  public Void dense(Op.Dense o) {
    HostMatrix w = matrix(o.layer().weight().value());
    Products.dense(matrix(o.y()), matrix(o.x()), w, matrix(o.layer().bias().value()), o.f());
    return null;
  }

  @Override
  public Void latent(Op.Latent o) {
    LatentSpace.forward(
        matrix(o.z()),
        matrix(o.eps()),
        matrix(o.kl()),
        slot,
        matrix(o.heads()),
        o,
        step,
        host.integers(o.order()),
        start(o.heads()));
    return null;
  }

  @Override
  public Void scatter(Op.Scatter o) {
    Elementwise.scatter(
        matrix(o.all()), matrix(o.part()), host.integers(o.order()), start(o.part()));
    return null;
  }

  @Override
  public Void reconstruction(Op.Reconstruction o) {
    HostMatrix error = matrix(o.error());
    Elementwise.reconstruction(
        matrix(o.dLogit()),
        error,
        slot,
        matrix(o.logit()),
        matrix(o.x()),
        o.f(),
        batches.weights().recon());
    return null;
  }

  @Override
  public Void denseBackward(Op.DenseBackward o) {
    HostMatrix w = matrix(o.layer().weight().value());
    Products.denseBackward(matrix(o.dx()), matrix(o.dy()), matrix(o.x()), w, o.f());
    return null;
  }

  @Override
  public Void latentBackward(Op.LatentBackward o) {
    LatentSpace.backward(
        matrix(o.dHeads()),
        matrix(o.dz()),
        matrix(o.heads()),
        matrix(o.eps()),
        batches.weights().beta(),
        o.freeBits());
    return null;
  }

  @Override
  public Void freeBits(Op.FreeBits o) {
    LatentSpace.freeBits(matrix(o.extra()), slot, matrix(o.heads()), o.freeBits());
    return null;
  }

  @Override
  public Void logWeights(Op.LogWeights o) {
    HostMatrix[] latent = {matrix(o.z()), matrix(o.eps()), matrix(o.heads())};
    double scale = batches.weights().recon();
    Importance.logWeights(matrix(o.logW()), matrix(o.logit()), matrix(o.x()), latent, o.f(), scale);
    return null;
  }

  @Override
  public Void importanceWeights(Op.ImportanceWeights o) {
    Importance.weights(matrix(o.share()), matrix(o.bound()), slot, matrix(o.logW()), o.samples());
    return null;
  }

  @Override
  public Void weightedGradient(Op.WeightedGradient o) {
    double scale = batches.weights().recon();
    HostMatrix share = matrix(o.share());
    Importance.gradient(matrix(o.dLogit()), matrix(o.logit()), matrix(o.x()), share, o.f(), scale);
    return null;
  }

  @Override
  public Void importanceBackward(Op.ImportanceBackward o) {
    HostMatrix[] latent = {matrix(o.z()), matrix(o.eps()), matrix(o.heads())};
    Importance.backward(matrix(o.dHeads()), matrix(o.dz()), latent, matrix(o.share()));
    return null;
  }

  @Override
  public Void gradient(Op.Gradient o) {
    HostMatrix dw = matrix(o.layer().weight().gradient());
    HostMatrix db = matrix(o.layer().bias().gradient());
    Products.gradient(dw, db, matrix(o.dy()), matrix(o.x()));
    return null;
  }

  @Override
  public Void adamStep(Op.AdamStep o) {
    for (Param p : List.of(o.layer().weight(), o.layer().bias())) {
      HostMatrix g = matrix(p.gradient());
      Elementwise.adam(matrix(p.value()), matrix(p.m()), matrix(p.v()), g, o.adam(), step + 1);
    }
    return null;
  }

  @Override
  public Void imageMetrics(Op.ImageMetrics o) {
    Similarity.metrics(matrix(o.figures()), start(o.x()), matrix(o.recon()), matrix(o.x()), o);
    return null;
  }

  private HostMatrix matrix(Tensor t) {
    return host.matrix(t);
  }
}
