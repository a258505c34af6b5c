package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import vaeocl.formats.Film;

/** Films for tests: the means of a run's images, which grow from nothing. */
final class SmallFilm {
  static final int SIDE = 48;

  private SmallFilm() {}

  /** Of so many images of a run, with frames for these epochs. */
  static Film of(RunData run, int images, int... epochs) {
    int latent = run.mu().length / run.test().count();
    byte[] labels = run.labels() == null ? null : new byte[images];
    List<Film.Frame> frames = new ArrayList<>();
    int last = Math.max(1, epochs[epochs.length - 1]);
    for (int epoch : epochs) {
      float[] mu = new float[images * latent];
      for (int n = 0; n < images; n++) {
        int i = (int) ((long) n * run.test().count() / images);
        for (int d = 0; d < latent; d++) {
          mu[n * latent + d] = run.mu()[i * latent + d] * epoch / last;
        }
        if (labels != null) {
          labels[n] = run.labels()[i];
        }
      }
      byte[] picture = new byte[SIDE * SIDE];
      for (int p = 0; p < picture.length; p++) {
        picture[p] = (byte) (255 * epoch / last * (p % SIDE) / SIDE);
      }
      frames.add(new Film.Frame(epoch, mu, picture));
    }
    String digest = "0123abcd".repeat(8);
    return new Film(new Film.Head(images, latent, SIDE, SIDE, digest, labels), frames);
  }
}
