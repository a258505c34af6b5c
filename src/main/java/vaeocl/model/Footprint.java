package vaeocl.model;

import java.util.Collections;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import vaeocl.ops.Linear;

/**
 * The least memory that a net takes, known before any is asked for. Backends may keep more forms of
 * a matrix; what does not fit by this count does not fit at all.
 *
 * @param device bytes on the device
 * @param host bytes of Java's heap
 * @param largest bytes of the largest single allocation on the device
 */
public record Footprint(long device, long host, long largest) {
  /** A parameter and Adam's two moments; its gradient stays in registers where Adam is fused. */
  private static final long TRAINED = 3 * Float.BYTES;

  /**
   * Training with its evaluation. A checkpoint has parameters, moments and every image's mu in the
   * heap at once.
   *
   * @param train images, resident on the device and in the heap
   * @param test likewise
   */
  public static Footprint training(VaeConfig config, int pixels, long train, long test) {
    long mu = Float.BYTES * train * config.latent();
    long images = (train + test) * pixels;
    // Forward each activation, backward its gradient.
    long activations = 2 * Float.BYTES * (long) config.batchSize() * sum(config, pixels);
    long parameters = parameters(config, pixels);
    return new Footprint(
        TRAINED * parameters + mu + images + activations,
        TRAINED * parameters + mu + images,
        Math.max(Math.max(mu, train * pixels), largest(config, pixels, config.batchSize())));
  }

  /**
   * A trained net at work.
   *
   * @param batch rows at a time
   */
  public static Footprint coding(VaeConfig config, int pixels, int batch) {
    long weights = Float.BYTES * parameters(config, pixels);
    long activations = Float.BYTES * (long) batch * sum(config, pixels);
    return new Footprint(weights + activations, weights, largest(config, pixels, batch));
  }

  /** The setting whose least value would save most. */
  public static String heaviest(VaeConfig config, int pixels, long train, long test) {
    VaeConfig narrow =
        config.with(Map.of("hidden", Collections.nCopies(config.hidden().size(), 1)));
    VaeConfig flat = config.with(Map.of("latent", 1));
    VaeConfig single = config.with(Map.of("batch_size", 1));
    long hidden = training(narrow, pixels, train, test).device();
    long latent = training(flat, pixels, train, test).device();
    long batch = training(single, pixels, train, test).device();
    return hidden <= latent && hidden <= batch
        ? "--hidden"
        : latent <= batch ? "--latent" : "--batch-size";
  }

  private static Stream<Linear> layers(VaeConfig config, int pixels) {
    return Net.of(pixels, config).layers().stream().map(Layer::linear);
  }

  private static long parameters(VaeConfig config, int pixels) {
    return layers(config, pixels).mapToLong(l -> (l.in() + 1L) * l.out()).sum();
  }

  /** Numbers of one sample: the image, z, and what every layer puts out. */
  private static long sum(VaeConfig config, int pixels) {
    return (long) pixels + config.latent() + layers(config, pixels).mapToLong(Linear::out).sum();
  }

  private static long largest(VaeConfig config, int pixels, int batch) {
    return Float.BYTES
        * layers(config, pixels)
            .flatMapToLong(
                l -> LongStream.of((long) batch * l.in(), (long) batch * l.out(), weights(l)))
            .max()
            .orElseThrow();
  }

  private static long weights(Linear l) {
    return (long) l.in() * l.out();
  }
}
