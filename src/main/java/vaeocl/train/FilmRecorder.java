package vaeocl.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.formats.Film;
import vaeocl.formats.FilmWriter;
import vaeocl.formats.GreyImage;
import vaeocl.model.Codec;
import vaeocl.model.Manifold;
import vaeocl.model.Rows;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;

/**
 * Keeps, of at most 40 epochs, the means of test images and what the decoder draws over the latent
 * space. A frame is written before the checkpoint of its epoch, into a slot that follows from the
 * epoch: a run that was interrupted writes the same bytes into the same slots.
 */
final class FilmRecorder implements AutoCloseable {
  static final int FRAMES = 40;
  private static final int IMAGES = 1000;

  /** Means of an epoch at most: more latents than 256 are seen of fewer images. */
  private static final int MEANS = 256 * IMAGES;

  private static final int SIDE = 12;

  /** The longest side of a picture of the manifold. */
  private static final int TILE = 32;

  /** Rows that the codec takes at a time, and values that they may have together. */
  private static final int BATCH = 200;

  private static final int BATCH_VALUES = 1 << 18;

  private final Backend backend;
  private final Vae vae;
  private final Dataset data;
  private final String run;
  private final Path file;
  private final Thinning thinning = new Thinning(FRAMES);
  private final Rows images;
  private boolean off;
  private Codec codec;
  private FilmWriter writer;

  /**
   * @param run its identity
   * @param file null for none
   */
  FilmRecorder(Backend backend, Vae vae, Dataset data, String run, Path file) {
    this.backend = backend;
    this.vae = vae;
    this.data = data;
    this.run = run;
    this.file = file;
    off = file == null;
    Images test = data.test();
    int most = Math.min(IMAGES, Math.max(1, MEANS / vae.config().latent()));
    images = chosen(test, Math.min(most, test.count()));
  }

  /** So many at equal distances in the test set. */
  private static Rows chosen(Images test, int count) {
    byte[] pixels = new byte[count * test.size()];
    for (int n = 0; n < count; n++) {
      System.arraycopy(
          test.pixels(),
          number(n, count, test) * test.size(),
          pixels,
          n * test.size(),
          test.size());
    }
    return Rows.of(new Images(count, test.rows(), test.cols(), pixels));
  }

  private static int number(int n, int count, Images test) {
    return (int) ((long) n * test.count() / count);
  }

  /**
   * Keeps the present weights' frame. A film begins with epoch 0: a run without goes on without.
   *
   * @param epoch finished ones
   * @throws IOException if the file is another film, or cannot be written
   */
  void record(int epoch) throws IOException {
    if (!off && writer == null) {
      open(epoch);
    }
    if (off) {
      return;
    }
    float[] mu = Codec.mu(codec.encode(images), codec.latent());
    writer.write(thinning.slot(epoch), new Film.Frame(epoch, mu, manifold(mu).pixels()));
  }

  private void open(int epoch) throws IOException {
    if (epoch > 0 && !Files.exists(file)) {
      off = true;
      return;
    }
    int width = Math.max(vae.pixels(), 2 * vae.config().latent());
    codec = Codec.live(backend, vae, Math.max(1, Math.min(BATCH, BATCH_VALUES / width)));
    float[] none = new float[images.count() * codec.latent()];
    GreyImage shape = manifold(none);
    byte[] labels = data.testLabels() == null ? null : new byte[images.count()];
    for (int n = 0; labels != null && n < labels.length; n++) {
      labels[n] = data.testLabels()[number(n, labels.length, data.test())];
    }
    Film.Head head =
        new Film.Head(images.count(), codec.latent(), shape.rows(), shape.cols(), run, labels);
    writer = epoch == 0 ? FilmWriter.create(file, head) : FilmWriter.open(file, head);
  }

  /** Over the only or both latents; of more, over the plane in which the means lie most. */
  private GreyImage manifold(float[] mu) {
    int latent = codec.latent();
    Manifold manifold =
        latent > 2
            ? Manifold.along(SIDE, LeadingPlane.of(mu, latent))
            : Manifold.along(SIDE, latent, 0, 1);
    return manifold.sheet(data.test().rows(), data.test().cols(), TILE, codec::decode);
  }

  @Override
  public void close() throws IOException {
    if (codec != null) {
      codec.close();
    }
    if (writer != null) {
      writer.close();
    }
  }
}
