package vaeocl.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How files are to be read as images, where they do not say it themselves. A run keeps it in
 * config.json, by the options' names, so that its images are found again.
 *
 * @param key the array's name in .npz files; "" for the usual ones
 * @param height to which pictures are scaled, or that flat rows of pixels have; 0 if nothing says
 * @param width likewise
 * @param invert whether white is to be black
 * @param testShare of the images to test with, where they are in one part; 0 if nothing says
 */
public record Reading(String key, int height, int width, boolean invert, double testShare) {
  /** As the files are. */
  public static final Reading PLAIN = new Reading("", 0, 0, false, 0);

  /** The share of the images to test with where nobody says another. */
  public static final double SHARE = 0.1;

  /** The largest side of images. */
  static final int MOST_SIDE = 256;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,3})x([0-9]{1,3})");
  private static final Pattern DECIMAL =
      Pattern.compile("0?\\.[0-9]{1,30}|[0-9.]{1,30}E-[0-9]{1,3}");

  /**
   * @throws IllegalArgumentException if a value is not allowed; the message names its option
   */
  public Reading {
    boolean none = height == 0 && width == 0;
    if (!none && (Math.min(height, width) < 1 || Math.max(height, width) > MOST_SIDE)) {
      throw new IllegalArgumentException(sizeExpected(height + "x" + width));
    }
    if (testShare != 0 && !(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException(
          "--test-share: expected a decimal number between 0 and 1, such as 0.1, but was "
              + testShare);
    }
  }

  /**
   * From the texts of options.
   *
   * @param size HEIGHTxWIDTH, or null
   * @throws IllegalArgumentException if a value is not allowed; the message names its option
   */
  public static Reading of(String key, String size, boolean invert, double testShare) {
    int height = 0;
    int width = 0;
    if (size != null) {
      Matcher m = SIZE.matcher(size);
      if (!m.matches()) {
        throw new IllegalArgumentException(sizeExpected(size));
      }
      height = Integer.parseInt(m.group(1));
      width = Integer.parseInt(m.group(2));
      if (height == 0 || width == 0) {
        throw new IllegalArgumentException(sizeExpected(size));
      }
    }
    return new Reading(key == null ? "" : key, height, width, invert, testShare);
  }

  private static String sizeExpected(String size) {
    return "--size: expected HEIGHTxWIDTH from 1x1 to %1$dx%1$d, such as 28x28, but was '%2$s'"
        .formatted(MOST_SIDE, size);
  }

  /** What is said, by the options' names without dashes. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    if (!key.isEmpty()) {
      options.put("key", key);
    }
    if (height > 0) {
      options.put("size", height + "x" + width);
    }
    if (invert) {
      options.put("invert", "true");
    }
    if (testShare > 0) {
      options.put("test-share", Double.toString(testShare));
    }
    return options;
  }

  /**
   * From what {@link #options} gave.
   *
   * @throws IllegalArgumentException if it gave no such thing
   */
  public static Reading of(Map<String, String> options) {
    String share = options.get("test-share");
    if (share != null && !DECIMAL.matcher(share).matches()) {
      throw new IllegalArgumentException("--test-share: expected a number but was '" + share + "'");
    }
    boolean invert = Boolean.parseBoolean(options.getOrDefault("invert", "false"));
    return of(
        options.get("key"),
        options.get("size"),
        invert,
        share == null ? 0 : Double.parseDouble(share));
  }

  /** The options of this that mean nothing for images that were read with {@code used}. */
  public List<String> unused(Reading used) {
    List<String> unused = new ArrayList<>();
    for (String option : options().keySet()) {
      if (!used.options().containsKey(option)) {
        unused.add("--" + option);
      }
    }
    return unused;
  }

  Reading withKey(String name) {
    return new Reading(name, height, width, invert, testShare);
  }

  Reading withSize(int rows, int cols) {
    return new Reading(key, rows, cols, invert, testShare);
  }

  Reading withInvert(boolean inverted) {
    return new Reading(key, height, width, inverted, testShare);
  }

  Reading withTestShare(double share) {
    return new Reading(key, height, width, invert, share);
  }

  /**
   * Refuses images that are not of the size that was named.
   *
   * @return what was used of it
   * @throws IllegalArgumentException if they are of another
   */
  Reading ofSize(int rows, int cols) {
    if (rows > MOST_SIDE || cols > MOST_SIDE) {
      throw new IllegalArgumentException(
          "images of %dx%d, at most %dx%d are read; scale them first"
              .formatted(rows, cols, MOST_SIDE, MOST_SIDE));
    }
    if (height != 0 && (height != rows || width != cols)) {
      throw new IllegalArgumentException(
          "images of %dx%d, not of --size %dx%d; only PNG and JPEG files are scaled"
              .formatted(rows, cols, height, width));
    }
    return PLAIN.withSize(height, width);
  }
}
