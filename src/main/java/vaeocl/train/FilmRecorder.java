package vaeocl.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.formats.Film;
import vaeocl.formats.FilmWriter;
import vaeocl.formats.GreyImage;
import vaeocl.model.Codec;
import vaeocl.model.DataTensors;
import vaeocl.model.Manifold;
import vaeocl.model.Rows;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Plan;

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

  /** Pixels that are encoded or decoded at a time. */
  private static final int PIXELS = 1 << 20;

  private final Backend backend;
  private final Vae vae;
  private final Dataset data;
  private final String run;
  private final Path file;
  private final Thinning thinning = new Thinning(FRAMES);
  private final Images images;
  private boolean off;
  private Batched<Vae.Encoding> encoder;
  private Vae.Decoding decoding;
  private Plan decoder;
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
  private static Images chosen(Images test, int count) {
    byte[] pixels = new byte[count * test.size()];
    for (int n = 0; n < count; n++) {
      System.arraycopy(
          test.pixels(),
          number(n, count, test) * test.size(),
          pixels,
          n * test.size(),
          test.size());
    }
    return new Images(count, test.rows(), test.cols(), pixels);
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
    float[] mu = means();
    writer.write(thinning.slot(epoch), new Film.Frame(epoch, mu, manifold(mu).pixels()));
  }

  /** The images lie on the device. */
  private float[] means() {
    float[] codes = new float[2 * images.count() * vae.config().latent()];
    for (var part : encoder.parts()) {
      for (int batch = part.first(); batch < part.end(); batch++) {
        part.run(0, batch, 1, LossWeights.ONE);
        float[] heads = backend.read(part.step().heads());
        int begin = (part.start() + part.slot(batch) * part.size()) * 2 * vae.config().latent();
        System.arraycopy(heads, 0, codes, begin, part.size() * 2 * vae.config().latent());
      }
    }
    return Codec.mu(codes, vae.config().latent());
  }

  private void open(int epoch) throws IOException {
    if (epoch > 0 && !Files.exists(file)) {
      off = true;
      return;
    }
    int latent = vae.config().latent();
    int batch = Math.max(1, Math.min(images.count(), PIXELS / vae.pixels()));
    DataTensors tensors = DataTensors.of("film", images.count(), images.size());
    encoder =
        Batched.of(
            images.count(),
            batch,
            (size, count) -> vae.encoding(tensors, size),
            e -> backend.compile(e.ops(), Set.of(e.heads())));
    backend.write(tensors.images(), images.pixels());
    backend.write(tensors.order(), IntStream.range(0, images.count()).toArray());
    decoding = vae.decoding(Math.max(1, Math.min(SIDE * SIDE, PIXELS / vae.pixels())));
    decoder = backend.compile(decoding.ops(), Set.of(decoding.recon()));
    float[] none = new float[images.count() * latent];
    GreyImage shape = manifold(none);
    byte[] labels = data.testLabels() == null ? null : new byte[images.count()];
    for (int n = 0; labels != null && n < labels.length; n++) {
      labels[n] = data.testLabels()[number(n, labels.length, data.test())];
    }
    Film.Head head = new Film.Head(images.count(), latent, shape.rows(), shape.cols(), run, labels);
    writer = epoch == 0 ? FilmWriter.create(file, head) : FilmWriter.open(file, head);
  }

  /** [N, latent] to [N, pixels]; the last rows of a smaller batch are decoded for nothing. */
  private float[] decode(Rows z) {
    int batch = decoding.z().rows();
    float[] images = new float[z.count() * vae.pixels()];
    for (int first = 0; first < z.count(); first += batch) {
      int count = Math.min(batch, z.count() - first);
      float[] rows = new float[batch * z.width()];
      z.copy(first, count, rows);
      backend.write(decoding.z(), rows);
      decoder.run(new Batches(0, 0, 0, 1));
      float[] recon = backend.read(decoding.recon());
      System.arraycopy(recon, 0, images, first * vae.pixels(), count * vae.pixels());
    }
    return images;
  }

  /** Over the only or both latents; of more, over the plane in which the means lie most. */
  private GreyImage manifold(float[] mu) {
    int latent = vae.config().latent();
    Manifold manifold =
        latent > 2
            ? Manifold.along(SIDE, LeadingPlane.of(mu, latent))
            : Manifold.along(SIDE, latent, 0, 1);
    return manifold.sheet(data.test().rows(), data.test().cols(), TILE, this::decode);
  }

  @Override
  public void close() throws IOException {
    if (encoder != null) {
      encoder.close();
    }
    if (decoder != null) {
      decoder.close();
    }
    if (writer != null) {
      writer.close();
    }
  }
}
