package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JPEG files as grey pictures, damaged ones refused in a line. */
class JpegTest {
  @TempDir Path temp;

  private static byte[] jpeg(int type, Color left, Color right) throws IOException {
    BufferedImage image = new BufferedImage(32, 16, type);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        image.setRGB(x, y, (x < 16 ? left : right).getRGB());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "jpeg", out));
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(temp.resolve("a.jpg"), bytes);
  }

  private static void refused(Path file, String problem) {
    String message = assertThrows(FormatException.class, () -> Jpeg.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void greyAndColours() throws IOException {
    GreyImage grey = Jpeg.read(file(jpeg(BufferedImage.TYPE_BYTE_GRAY, Color.BLACK, Color.WHITE)));
    assertEquals(16, grey.rows());
    assertEquals(32, grey.cols());
    assertEquals(0, grey.pixels()[0]);
    assertEquals(-1, grey.pixels()[31]);
    GreyImage colours =
        Jpeg.read(file(jpeg(BufferedImage.TYPE_INT_RGB, new Color(200, 0, 0), Color.GREEN)));
    assertEquals(0.299 * 200, colours.pixels()[0] & 0xff, 3);
    assertEquals(0.587 * 255, colours.pixels()[31] & 0xff, 3);
  }

  /** Cut short, libjpeg would fill the rest with grey. */
  @Test
  void damagedFilesAreALine() throws IOException {
    byte[] whole = jpeg(BufferedImage.TYPE_INT_RGB, Color.RED, Color.BLUE);
    for (int length = 0; length < whole.length - 2; length += 7) {
      refused(file(Arrays.copyOf(whole, length)), "");
    }
    refused(file(Arrays.copyOf(whole, whole.length - 8)), "is damaged");
    refused(file(new byte[100]), "not a JPEG file");
    for (int i = 0; i < whole.length; i++) {
      byte[] other = whole.clone();
      other[i] ^= 0x11;
      try {
        Jpeg.read(file(other));
      } catch (FormatException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  /** A picture whose header announces another size, of so many times 256 pixels each way. */
  private static byte[] announcing(int size) throws IOException {
    byte[] giant = jpeg(BufferedImage.TYPE_BYTE_GRAY, Color.BLACK, Color.WHITE);
    for (int i = 0; i + 9 < giant.length; i++) {
      if (giant[i] == -1 && giant[i + 1] == (byte) 0xc0) { // SOF0: length, depth, height, width
        giant[i + 5] = (byte) size;
        giant[i + 7] = (byte) size;
      }
    }
    return giant;
  }

  @Test
  void giantsAreRefusedBeforeTheyAreUnpacked() throws IOException {
    refused(file(announcing(0xff)), "1x1 to 4096x4096 are read");
    String all = new HostileFile(temp.resolve("a.jpg"), Jpeg::read).refused(announcing(0x0f));
    assertTrue(all.contains("bytes cannot hold"), all);
    // What packs most tightly is let through: all of one grey.
    Path white = temp.resolve("white.jpg");
    BufferedImage image = new BufferedImage(4096, 4096, BufferedImage.TYPE_BYTE_GRAY);
    assertTrue(ImageIO.write(image, "jpeg", white.toFile()));
    assertEquals(new GreyImage(4096, 4096, new byte[4096 * 4096]), Jpeg.read(white));
  }

  @Test
  void scalingIsTheMeanOfWhatIsCovered() {
    GreyImage image = new GreyImage(2, 4, new byte[] {0, 100, 10, 20, 0, 100, 30, 43});
    assertEquals(new GreyImage(1, 2, new byte[] {50, 26}), image.scaled(1, 2));
    assertEquals(image, image.scaled(4, 8).scaled(2, 4));
    assertEquals(new GreyImage(1, 3, new byte[] {25, 60, 29}), image.scaled(1, 3));
    byte[] white = new byte[49];
    Arrays.fill(white, (byte) 255);
    for (byte pixel : new GreyImage(7, 7, white).scaled(5, 3).pixels()) {
      assertEquals(-1, pixel);
    }
  }
}
