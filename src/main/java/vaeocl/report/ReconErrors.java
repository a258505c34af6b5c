package vaeocl.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * How well test images are reconstructed with z = mu.
 *
 * @param images their numbers in the test set, the best reconstructed first
 * @param mse of each of these, a mean over its pixels
 */
@SuppressWarnings("ArrayRecordComponent") // made here and only read
record ReconErrors(int[] images, double[] mse) {
  private static final int CHUNK = 500;

  /** Pixels to decode: a test set like MNIST's twice. */
  private static final long MOST = 16_000_000;

  /** Of all test images, or of as many as take no long time, evenly chosen. */
  static ReconErrors of(Analysis run) {
    int all = run.test().count();
    int count = (int) Math.min(all, Math.max(20, MOST / run.test().size()));
    double[] mse = new double[count];
    int[] numbers = new int[count];
    Arrays.setAll(numbers, n -> (int) ((long) n * all / count));
    for (int first = 0; first < count; first += CHUNK) {
      int rows = Math.min(CHUNK, count - first);
      float[] z = new float[rows * run.latent()];
      for (int n = 0; n < rows; n++) {
        System.arraycopy(
            run.latents().row(numbers[first + n]), 0, z, n * run.latent(), run.latent());
      }
      float[] recon = run.decoder().decode(z, rows);
      for (int n = 0; n < rows; n++) {
        mse[first + n] = mse(run, numbers[first + n], recon, n * run.test().size());
      }
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(n -> mse[n]))
            .mapToInt(n -> n)
            .toArray();
    return new ReconErrors(
        Arrays.stream(order).map(n -> numbers[n]).toArray(),
        Arrays.stream(order).mapToDouble(n -> mse[n]).toArray());
  }

  private static double mse(Analysis run, int image, float[] recon, int at) {
    int size = run.test().size();
    double sum = 0;
    for (int p = 0; p < size; p++) {
      double off = recon[at + p] - (run.test().pixels()[image * size + p] & 0xff) / 255.0;
      sum += off * off;
    }
    return sum / size;
  }

  /** "no. 17 (25.3 dB), …" of so many from a place on. */
  String text(int from, int count) {
    StringJoiner text = new StringJoiner(", ");
    for (int i = from; i < from + count; i++) {
      double psnr = -10 * Math.log10(Math.max(mse[i], Double.MIN_NORMAL));
      text.add(String.format(Locale.ROOT, "no. %d (%.1f dB)", images[i] + 1, psnr));
    }
    return text.toString();
  }
}
