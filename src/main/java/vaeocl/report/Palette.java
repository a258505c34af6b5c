package vaeocl.report;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * A colour for each class. The first ten were searched for: their smallest difference in OKLab is
 * as large as was found when seen with normal sight and with each kind of dichromacy (Machado,
 * Oliveira and Fernandes, 2009), on white and on near-black. Digits that neighbour in latent space
 * (4 and 9, 3 and 8) have the colours furthest apart.
 */
final class Palette {
  private static final List<Color> TEN =
      List.of(
          new Color(0x1e4bb4),
          new Color(0xff961e),
          new Color(0x4ba5b4),
          new Color(0xff4b78),
          new Color(0x875af0),
          new Color(0x87d296),
          new Color(0xd296ff),
          new Color(0xa51e0f),
          new Color(0x784b78),
          new Color(0xa57800));

  /** Turns of the colour wheel between neighbours: never twice the same hue, always far apart. */
  private static final double GOLDEN = 0.618033988749895;

  private Palette() {}

  /**
   * The colour of a class.
   *
   * @param index the position of the class among all, from 0
   */
  static Color of(int index) {
    if (index < TEN.size()) {
      return TEN.get(index);
    }
    float brightness = index % 2 == 0 ? 0.85f : 0.6f;
    return Color.getHSBColor((float) (index * GOLDEN % 1), 0.75f, brightness);
  }

  /** As CSS writes it. */
  static String css(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
  }
}
