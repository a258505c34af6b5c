package vaeocl.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The colours of an animation: greys, and shades of some colours towards white.
 *
 * @param all at most 256, 0xRRGGBB
 * @param nearest the number of the nearest of all to each colour of 5 bits a channel; −1 not asked
 */
@SuppressWarnings("ArrayRecordComponent") // built here
record GifColours(int[] all, short[] nearest) {
  private static final int MOST = 256;
  private static final int GREYS = 32;

  static GifColours of(Color... classes) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < GREYS; i++) {
      all.add(0x010101 * full(i));
    }
    int shades = Math.max(1, Math.min(8, (MOST - GREYS) / classes.length));
    for (Color c : classes) {
      for (int s = 0; s < shades && all.size() < MOST; s++) {
        double share = 1 - (double) s / (shades + 1);
        all.add(
            mixed(c.getRed(), share) << 16
                | mixed(c.getGreen(), share) << 8
                | mixed(c.getBlue(), share));
      }
    }
    short[] nearest = new short[1 << 15];
    Arrays.fill(nearest, (short) -1);
    return new GifColours(all.stream().mapToInt(i -> i).toArray(), nearest);
  }

  /** A share of a channel's value, the rest white. */
  private static int mixed(int channel, double share) {
    return (int) Math.round(255 + share * (channel - 255));
  }

  /** The number of each pixel's colour. */
  byte[] numbers(BufferedImage image) {
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] numbers = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int key = (rgb[i] >> 9 & 0x7c00) | (rgb[i] >> 6 & 0x3e0) | (rgb[i] >> 3 & 0x1f);
      if (nearest[key] < 0) {
        nearest[key] = nearest(full(key >> 10) << 16 | full(key >> 5 & 31) << 8 | full(key & 31));
      }
      numbers[i] = (byte) nearest[key];
    }
    return numbers;
  }

  /** 5 bits as 8. */
  private static int full(int channel) {
    return channel << 3 | channel >> 2;
  }

  private short nearest(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int n = 0; n < all.length; n++) {
      int red = (all[n] >> 16 & 0xff) - (rgb >> 16 & 0xff);
      int green = (all[n] >> 8 & 0xff) - (rgb >> 8 & 0xff);
      int blue = (all[n] & 0xff) - (rgb & 0xff);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        best = n;
        least = distance;
      }
    }
    return (short) best;
  }
}
