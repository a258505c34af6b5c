package vaeocl.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import vaeocl.model.LatentPoints;
import vaeocl.model.Manifold;
import vaeocl.model.Rows;

/** What the model draws: reconstructions, the manifold, samples of the prior, traversals. */
final class DecodedFigures {
  private static final int MANIFOLD = 20;
  private static final int SAMPLES = 10;
  private static final int PAIRS = 10;
  private static final int STEPS = 11;
  private static final int TRAVERSED = 20;
  private static final int EXTREMES = 10;

  /** How far dimensions are traversed: the prior's standard deviations. */
  private static final float FAR = 3;

  private final Analysis run;

  private DecodedFigures(Analysis run) {
    this.run = run;
  }

  /** Those for which the run has everything. */
  static List<Figure> of(Analysis run) {
    DecodedFigures figures = new DecodedFigures(run);
    List<Figure> all = new ArrayList<>();
    if (run.decoder() != null && run.latents() != null) {
      all.add(figures.reconstructions());
      all.add(figures.extremes());
    }
    if (run.decoder() != null) {
      all.add(figures.manifold());
      all.add(figures.samples());
    }
    if (run.decoder() != null && run.latents() != null) {
      Optional.ofNullable(Interpolations.of(run)).ifPresent(all::add);
    }
    if (run.decoder() != null && run.latent() > 2) {
      all.add(figures.traversal());
    }
    return all;
  }

  private Figure reconstructions() {
    int[] chosen = examples();
    return Figure.of(
        run,
        "reconstructions.png",
        "Reconstructions",
        "Test images above, below them what the model makes of each, with z = mu.",
        List.of("test image", "reconstruction"),
        reconstructed(chosen),
        chosen.length,
        56,
        2);
  }

  /** The best and the worst reconstructed test pictures, with their figures. */
  private Figure extremes() {
    ReconErrors errors = ReconErrors.of(run);
    int all = errors.images().length;
    int count = Math.min(EXTREMES, all);
    List<byte[]> tiles = reconstructed(Arrays.copyOf(errors.images(), count));
    tiles.addAll(reconstructed(Arrays.copyOfRange(errors.images(), all - count, all)));
    String caption =
        String.format(
            Locale.ROOT,
            "The %d best reconstructed of %,d test images, with z = mu, and the worst, by PSNR."
                + " Best: %s. Worst: %s.",
            count,
            all,
            errors.text(0, count),
            errors.text(all - count, count));
    List<String> labels = List.of("best", "reconstruction", "worst", "reconstruction");
    return Figure.of(run, "extremes.png", "Best and worst", caption, labels, tiles, count, 56, 2);
  }

  /** Test pictures, then what the model makes of each. */
  private List<byte[]> reconstructed(int[] chosen) {
    List<byte[]> tiles = new ArrayList<>();
    float[] z = new float[chosen.length * run.latent()];
    for (int i = 0; i < chosen.length; i++) {
      tiles.add(run.picture(chosen[i]));
      System.arraycopy(run.latents().row(chosen[i]), 0, z, i * run.latent(), run.latent());
    }
    Collections.addAll(tiles, run.decode(z, chosen.length));
    return tiles;
  }

  /** Ten test pictures: the first of each class, then others. */
  private int[] examples() {
    Set<Integer> chosen = new LinkedHashSet<>();
    if (run.classes() != null) {
      for (int first : run.classes().firsts()) {
        chosen.add(first);
      }
    }
    for (int i = 0; i < run.test().count() && chosen.size() < PAIRS; i++) {
      chosen.add(i);
    }
    return chosen.stream().limit(PAIRS).mapToInt(i -> i).toArray();
  }

  private Figure manifold() {
    int[] dimensions = {0, 1};
    if (run.latent() > 2 && run.latents() != null) {
      dimensions = Arrays.copyOf(run.latents().byKl(), 2);
    }
    Manifold manifold = Manifold.along(MANIFOLD, run.latent(), dimensions);
    return Figure.of(
        run,
        "manifold.png",
        "Decoded latent space",
        manifoldCaption(dimensions),
        List.of(),
        List.of(manifold.pictures(run.rows() * run.cols(), this::decode)),
        MANIFOLD,
        28,
        0);
  }

  private float[] decode(Rows z) {
    return run.decoder().decode(z.all(), z.count());
  }

  private String manifoldCaption(int[] dimensions) {
    String axes = Latents.name(dimensions[0]) + " from left to right";
    if (run.latent() > 1) {
      axes += ", " + Latents.name(dimensions[1]) + " from bottom to top";
    }
    String steps = ", in equal steps of the prior's probability.";
    if (run.latent() <= 2) {
      return axes + steps;
    }
    String why = run.latents() != null && run.latents().kl() != null ? " with the largest KL" : "";
    return axes + steps + " These are the two dimensions" + why + "; all others are 0.";
  }

  private Figure samples() {
    int count = SAMPLES * SAMPLES;
    float[] z = LatentPoints.prior(run.settings().seed(), count, run.latent());
    String caption =
        String.format(
            Locale.ROOT,
            "%d points drawn from the prior N(0, 1) and decoded, seed %d.",
            count,
            run.settings().seed());
    List<byte[]> tiles = List.of(run.decode(z, count));
    return Figure.of(run, "samples.png", "Samples", caption, List.of(), tiles, SAMPLES, 56, 2);
  }

  /** A row for each dimension, those with the largest KL first, all others being 0. */
  private Figure traversal() {
    int[] dims = new int[run.latent()];
    Arrays.setAll(dims, d -> d);
    dims = run.latents() == null ? dims : run.latents().byKl();
    int rows = Math.min(TRAVERSED, dims.length);
    float[] z = new float[rows * STEPS * run.latent()];
    List<String> labels = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      labels.add(traversed(dims[r]));
      for (int s = 0; s < STEPS; s++) {
        z[(r * STEPS + s) * run.latent() + dims[r]] = 2 * FAR * s / (STEPS - 1f) - FAR;
      }
    }
    String caption =
        "A row for each "
            + (rows < dims.length ? "of " + rows + " dimensions" : "dimension")
            + ", which goes from −3 to 3 while all others are 0; from the top: "
            + String.join(", ", labels)
            + ".";
    List<byte[]> tiles = List.of(run.decode(z, rows * STEPS));
    return Figure.of(run, "traversal.png", "Traversals", caption, labels, tiles, STEPS, 28, 0);
  }

  private String traversed(int dimension) {
    boolean known = run.latents() != null && run.latents().kl() != null;
    return Latents.name(dimension)
        + (known ? String.format(Locale.ROOT, " (KL %.2f)", run.latents().kl()[dimension]) : "");
  }
}
