package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaletteTest {
  /** How each kind of sight sees linear RGB: Machado, Oliveira and Fernandes (2009), severity 1. */
  private static final Map<String, double[][]> SIGHTS =
      Map.of(
          "normal",
          new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          "protanopia",
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          "deuteranopia",
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          "tritanopia",
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double[] times(double[][] m, double... v) {
    double[] out = new double[3];
    for (int i = 0; i < 3; i++) {
      out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    }
    return out;
  }

  private static double[] lab(Color color, double[][] sight) {
    double[] rgb =
        times(sight, linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue()));
    for (int i = 0; i < 3; i++) {
      rgb[i] = Math.min(1, Math.max(0, rgb[i]));
    }
    double[][] cones = {
      {0.4122214708, 0.5363325363, 0.0514459929},
      {0.2119034982, 0.6806995451, 0.1073969566},
      {0.0883024619, 0.2817188376, 0.6299787005}
    };
    double[][] axes = {
      {0.2104542553, 0.7936177850, -0.0040720468},
      {1.9779984951, -2.4285922050, 0.4505937099},
      {0.0259040371, 0.7827717662, -0.8086757660}
    };
    double[] lms = times(cones, rgb);
    return times(axes, Math.cbrt(lms[0]), Math.cbrt(lms[1]), Math.cbrt(lms[2]));
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  @Test
  void tenColoursDifferForEveryEye() {
    // A just noticeable difference is about 0.02.
    SIGHTS.forEach(
        (name, sight) -> {
          for (int i = 0; i < 10; i++) {
            for (int j = 0; j < i; j++) {
              double d = distance(lab(Palette.of(i), sight), lab(Palette.of(j), sight));
              String what = String.format(Locale.ROOT, "%s: %d and %d: %.3f", name, i, j, d);
              assertTrue(d > 0.1, what);
            }
          }
        });
  }

  @Test
  void moreClassesGetColoursOfTheirOwn() {
    Set<Color> colors = new HashSet<>();
    for (int i = 0; i < 47; i++) {
      colors.add(Palette.of(i));
    }
    assertEquals(47, colors.size());
    assertEquals("#0a00ff", Palette.css(new Color(10, 0, 255)));
  }
}
