package vaeocl.locality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vaeocl.ops.Backend;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Puts together what is zero in the same places, so that whole tiles are: samples by their mu, and
 * hidden units by the samples they answer to.
 *
 * @param neighbours rows of a tile
 */
record TileLocality(int neighbours) implements Locality {
  TileLocality {
    if (neighbours < 1) {
      throw new IllegalArgumentException("tiles of " + neighbours + " rows");
    }
  }

  @Override
  public Arrangement ofTraining(Backend backend, List<Op> step) {
    Optional<Op.Latent> latent = MuOrder.latent(step);
    if (latent.isEmpty()) {
      return Arrangement.NONE;
    }
    int batch = latent.get().z().rows();
    return new InTraining(
        MuOrder.of(backend, latent.get(), batch, neighbours),
        HiddenUnits.of(backend, step, neighbours));
  }

  @Override
  public Arrangement ofEvaluation(Backend backend, List<Op> pass) {
    Optional<Op.Latent> latent = MuOrder.latent(pass);
    if (latent.isEmpty()) {
      return Arrangement.NONE;
    }
    // What is found for a sample does not depend on its batch: all may change places with all.
    int images = latent.get().order().cols();
    return new InEvaluation(MuOrder.of(backend, latent.get(), images, neighbours));
  }

  /** What responds to what changes fast at first, and then hardly: look after 1, 2, 4, 8 … . */
  private static boolean due(int passes) {
    return Integer.bitCount(passes) == 1;
  }

  /** Samples within batches in every pass but the first, and units now and then. */
  private record InTraining(MuOrder samples, Optional<HiddenUnits> units) implements Arrangement {
    @Override
    public List<Op> observe(List<Op> ops) {
      return samples.observe(ops);
    }

    @Override
    public void arrange(int[] order, int passes) {
      if (passes > 0) {
        samples.arrange(order);
      }
    }

    @Override
    public void passed(int passes) {
      if (due(passes)) {
        units.ifPresent(HiddenUnits::sort);
      }
    }

    @Override
    public Map<String, Tensor> state() {
      return Map.of("mu", samples.mu());
    }

    @Override
    public void warmUp() {
      units.ifPresent(HiddenUnits::warmUp);
      BatchOrder.warmUp();
    }

    @Override
    public void close() {
      units.ifPresent(HiddenUnits::close);
    }
  }

  /** All samples now and then. */
  private record InEvaluation(MuOrder samples) implements Arrangement {
    @Override
    public List<Op> observe(List<Op> ops) {
      return samples.observe(ops);
    }

    @Override
    public void arrange(int[] order, int passes) {
      if (due(passes)) {
        samples.arrange(order);
      }
    }
  }
}
