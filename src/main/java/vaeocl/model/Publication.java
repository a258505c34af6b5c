package vaeocl.model;

import java.util.List;
import java.util.Map;

/**
 * A training that somebody published figures of.
 *
 * @param name within its preset; "" where there is no other
 * @param settings besides the preset's, texts by {@link SettingSpec#key}
 * @param epochs that it took
 * @param samples of each test image that were weighed; 0 for none
 * @param figures that it ended with
 * @param source where they stand
 */
public record Publication(
    String name,
    Map<String, String> settings,
    int epochs,
    int samples,
    List<Figure> figures,
    String source) {

  /**
   * A published figure.
   *
   * @param value in the quantity's unit
   */
  public record Figure(Quantity quantity, double value) {}

  /** What figures are of: one of the values that an evaluation reports, or its negative. */
  public enum Quantity {
    NEGATIVE_ELBO("elbo", -1, "−ELBO", "nats an image", 2),
    BITS_PER_DIM("bits_per_dim", 1, "−ELBO", "bits a pixel", 4),
    NEGATIVE_LOG_LIKELIHOOD("iw_log_likelihood", -1, "−ln p(x)", "nats an image", 2),
    PSNR("psnr", 1, "PSNR", "dB", 3),
    SSIM("ssim", 1, "SSIM", "", 3);

    private final String key;
    private final int sign;
    private final String symbol;
    private final String unit;
    private final int decimals;

    Quantity(String key, int sign, String symbol, String unit, int decimals) {
      this.key = key;
      this.sign = sign;
      this.symbol = symbol;
      this.unit = unit;
      this.decimals = decimals;
    }

    /** Of the value, as {@code eval --json} has it. */
    public String key() {
      return key;
    }

    /** The quantity, from that value. */
    public double of(double value) {
      return sign * value;
    }

    public String symbol() {
      return symbol;
    }

    /** "" where it has none. */
    public String unit() {
      return unit;
    }

    /** Digits behind the point that tell one result from another. */
    public int decimals() {
      return decimals;
    }
  }
}
