package vaeocl.train;

import java.util.List;
import java.util.Set;
import vaeocl.data.Images;
import vaeocl.model.Figures;
import vaeocl.model.Rows;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** Measures how well pictures of any origin reproduce images. */
public final class Comparison implements AutoCloseable {
  private static final int BATCH = 500;

  private final Backend backend;
  private final Images images;
  private final Tensor x;
  private final Tensor recon;
  private final Tensor figures;
  private final Plan plan;

  public Comparison(Backend backend, Images images) {
    this.backend = backend;
    this.images = images;
    x = new Tensor("compared x", Role.INPUT, Type.F32, BATCH, images.size());
    recon = Tensor.activation("compared recon", BATCH, images.size());
    figures = new Tensor("compared figures", Role.RESULT, Type.F32, BATCH, 3);
    Op metrics = new Op.ImageMetrics(figures, recon, x, images.rows(), images.cols());
    plan = backend.compile(List.of(metrics), Set.of(figures));
  }

  /**
   * Mean figures of the images' reproductions.
   *
   * @param reproductions [N, pixels] in [0, 1], as many as there are images
   */
  public Figures figures(Rows reproductions) {
    Rows originals = Rows.of(images);
    if (reproductions.count() != originals.count() || reproductions.width() != images.size()) {
      throw new IllegalArgumentException(
          reproductions.count() + " pictures to compare with " + images);
    }
    float[] all = new float[3 * images.count()];
    for (int first = 0; first < images.count(); first += BATCH) {
      int count = Math.min(BATCH, images.count() - first);
      backend.write(x, batch(originals, first, count));
      backend.write(recon, batch(reproductions, first, count));
      plan.run(new Batches(0, 0, 0, 1));
      System.arraycopy(backend.read(figures), 0, all, 3 * first, 3 * count);
    }
    return Figures.mean(all, images);
  }

  private static float[] batch(Rows rows, int first, int count) {
    float[] batch = new float[BATCH * rows.width()];
    rows.copy(first, count, batch);
    return batch;
  }

  @Override
  public void close() {
    plan.close();
  }
}
