package vaeocl.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What TensorBoard shows of one step. The numbers are those of
 * tensorboard/compat/proto/summary.proto in github.com/tensorflow/tensorboard; each group names the
 * message there that it belongs to.
 */
public final class EventSummary {
  // message Summary
  private static final int SUMMARY_VALUE = 1;

  // message Summary.Value
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;
  private static final int VALUE_IMAGE = 4;
  private static final int VALUE_HISTO = 5;

  // message Summary.Image
  private static final int IMAGE_HEIGHT = 1;
  private static final int IMAGE_WIDTH = 2;
  private static final int IMAGE_COLORSPACE = 3;
  private static final int IMAGE_ENCODED = 4;
  private static final int GREY = 1;

  // message HistogramProto
  private static final int HISTOGRAM_MIN = 1;
  private static final int HISTOGRAM_MAX = 2;
  private static final int HISTOGRAM_NUM = 3;
  private static final int HISTOGRAM_SUM = 4;
  private static final int HISTOGRAM_SUM_SQUARES = 5;
  private static final int HISTOGRAM_BUCKET_LIMIT = 6;
  private static final int HISTOGRAM_BUCKET = 7;
  private static final int BUCKETS = 60;

  private final List<ProtoField> values = new ArrayList<>();

  /** Adds a figure. */
  public void scalar(String tag, double value) {
    add(tag, ProtoField.single(VALUE_SIMPLE_VALUE, (float) value));
  }

  /** Adds a picture, as PNG. */
  public void image(String tag, GreyImage image) throws IOException {
    byte[] png = Png.encode(image).array();
    add(
        tag,
        ProtoField.message(
            VALUE_IMAGE,
            List.of(
                ProtoField.integer(IMAGE_HEIGHT, image.rows()),
                ProtoField.integer(IMAGE_WIDTH, image.cols()),
                ProtoField.integer(IMAGE_COLORSPACE, GREY),
                ProtoField.bytes(IMAGE_ENCODED, png))));
  }

  /**
   * Adds the distribution of values, in buckets of equal width.
   *
   * @param values at least one, finite
   */
  public void histogram(String tag, float[] values) {
    double min = values[0];
    double max = values[0];
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      min = Math.min(min, v);
      max = Math.max(max, v);
      sum += v;
      squares += (double) v * v;
    }
    double[] limits = new double[min == max ? 1 : BUCKETS];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = min + (max - min) * (i + 1) / limits.length;
    }
    limits[limits.length - 1] = max;
    double[] counts = new double[limits.length];
    for (float v : values) {
      int bucket = min == max ? 0 : (int) ((v - min) / (max - min) * BUCKETS);
      counts[Math.min(bucket, counts.length - 1)]++;
    }
    add(
        tag,
        ProtoField.message(
            VALUE_HISTO,
            List.of(
                ProtoField.number(HISTOGRAM_MIN, min),
                ProtoField.number(HISTOGRAM_MAX, max),
                ProtoField.number(HISTOGRAM_NUM, values.length),
                ProtoField.number(HISTOGRAM_SUM, sum),
                ProtoField.number(HISTOGRAM_SUM_SQUARES, squares),
                ProtoField.numbers(HISTOGRAM_BUCKET_LIMIT, limits),
                ProtoField.numbers(HISTOGRAM_BUCKET, counts))));
  }

  private void add(String tag, ProtoField value) {
    values.add(ProtoField.message(SUMMARY_VALUE, List.of(ProtoField.text(VALUE_TAG, tag), value)));
  }

  /** All of it as this field of another message. */
  ProtoField field(int number) {
    return ProtoField.message(number, values);
  }
}
