package vaeocl.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import vaeocl.model.LatentPoints;
import vaeocl.model.Pairs;

/** From test image to test image by way of the latent space: of one class, and of two. */
final class Interpolations {
  private static final int STEPS = 11;
  private static final String FILE = "interpolations.png";
  private static final String TITLE = "Interpolations";

  private final Analysis run;
  private final Pairs pairs;

  private Interpolations(Analysis run) {
    this.run = run;
    byte[] labels = run.classes() == null ? null : run.classes().labels();
    pairs = Pairs.of(labels, run.test().count());
  }

  /** Null where there are no two images to go between. */
  static Figure of(Analysis run) {
    Interpolations found = new Interpolations(run);
    return found.pairs.all().isEmpty() ? null : found.figure();
  }

  private Figure figure() {
    List<byte[]> tiles = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int[] pair : pairs.all()) {
      float[] from = run.latents().row(pair[0]);
      float[] z = LatentPoints.line(from, run.latents().row(pair[1]), STEPS);
      tiles.add(run.picture(pair[0]));
      Collections.addAll(tiles, run.decode(z, STEPS));
      tiles.add(run.picture(pair[1]));
      labels.add(label(pair));
    }
    return Figure.of(run, FILE, TITLE, caption(), labels, tiles, STEPS + 2, 28, 1)
        .withEndsApart(pairs.same().size());
  }

  private String label(int[] pair) {
    return run.classes() == null
        ? (pair[0] + 1) + " to " + (pair[1] + 1)
        : name(pair[0]) + " to " + name(pair[1]);
  }

  private Integer name(int image) {
    return run.classes().values().get(run.classes().of(image));
  }

  private String caption() {
    String way =
        "Between two test images, at either end: in equal steps from one mu to the other, decoded.";
    if (run.classes() == null) {
      return way + " Without labels, any pairs.";
    }
    String word = run.classes().word();
    String above = pairs.same().isEmpty() ? "" : " Above, pairs of one " + word + " each";
    String below = pairs.different().isEmpty() ? "" : " of two " + word + plural(word) + " each";
    if (above.isEmpty() || below.isEmpty()) {
      return way + (above.isEmpty() ? " Pairs" + below : " Pairs of one " + word + " each") + ".";
    }
    return way + above + "; below, pairs" + below + ".";
  }

  private static String plural(String word) {
    return word.endsWith("s") ? "es" : "s";
  }
}
