package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import vaeocl.formats.GreyAlphaPng;

/** How drawing programs and scanners save black ink in PNG files. */
enum DrawnPicture {
  GREY(BufferedImage.TYPE_BYTE_GRAY),
  RGB(BufferedImage.TYPE_INT_RGB),
  RGB_ALPHA(BufferedImage.TYPE_INT_ARGB),
  GREY_ALPHA(BufferedImage.TYPE_CUSTOM),
  PALETTE(BufferedImage.TYPE_BYTE_INDEXED);

  private final int type;

  DrawnPicture(int type) {
    this.type = type;
  }

  /** 28x28 pixels of ink as dark as {@code ink} says, on white or on nothing. */
  void write(Path file, byte[] ink) throws IOException {
    if (this == GREY_ALPHA) {
      Files.write(file, GreyAlphaPng.of(28, 28, ink));
      return;
    }
    BufferedImage image =
        this == PALETTE
            ? new BufferedImage(28, 28, type, transparentBlacks())
            : new BufferedImage(28, 28, type);
    for (int i = 0; i < ink.length; i++) {
      int level = ink[i] & 0xff;
      switch (this) {
        case GREY -> image.getRaster().setSample(i % 28, i / 28, 0, 255 - level);
        case PALETTE -> image.getRaster().setSample(i % 28, i / 28, 0, level);
        case RGB -> image.setRGB(i % 28, i / 28, (255 - level) * 0x010101);
        default -> image.setRGB(i % 28, i / 28, level << 24);
      }
    }
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private static IndexColorModel transparentBlacks() {
    byte[] black = new byte[256];
    byte[] alpha = new byte[256];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (byte) i;
    }
    return new IndexColorModel(8, 256, black, black, black, alpha);
  }
}
