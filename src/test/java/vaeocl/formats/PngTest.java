package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures in PNG files.
 *
 * <p>Longer than 250 lines: a case for each kind of pixel and of file.
 */
class PngTest {
  private static final int[][] SIZES = {{1, 1}, {5, 3}, {3, 17}, {28, 28}};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void names() {
    file = folder.resolve("some.png");
  }

  private byte[] read(byte[] png, int cols, int rows) throws IOException {
    GreyImage image = Png.read(Files.write(file, png));
    assertEquals(cols, image.cols());
    assertEquals(rows, image.rows());
    return image.pixels();
  }

  private static int[] samples(int count, int depth) {
    return new SplittableRandom(depth).ints(count, 0, 1 << depth).toArray();
  }

  /**
   * The formula of the luma, in doubles, on white where more is dark than light, else on black.
   *
   * @param rgba of each pixel, 0 to 1
   */
  private static void assertGrey(double[][] rgba, byte[] actual) {
    double[] luma =
        Arrays.stream(rgba).mapToDouble(c -> 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]).toArray();
    double light =
        IntStream.range(0, rgba.length).mapToDouble(i -> rgba[i][3] * (luma[i] - 0.5)).sum();
    for (int i = 0; i < rgba.length; i++) {
      double a = rgba[i][3];
      double expected = (luma[i] * a + (light < 0 ? 1 - a : 0)) * 255;
      assertEquals(expected, Byte.toUnsignedInt(actual[i]), 0.5 + 1e-9, "pixel " + i);
    }
  }

  /** Some programs leave something behind the end mark, which others do not look at. */
  @Test
  void whatFollowsTheEndIsIgnored() throws IOException {
    byte[] png =
        new PngBytes()
            .header(2, 1, 8, 0, 0)
            .chunk("IDAT", PngBytes.deflate(new byte[] {0, 7, -1}))
            .end();
    for (int more : new int[] {1, 5, 100_000}) {
      byte[] longer = Arrays.copyOf(png, png.length + more);
      Arrays.fill(longer, png.length, longer.length, (byte) 'I');
      assertArrayEquals(new byte[] {7, -1}, read(longer, 2, 1));
    }
  }

  /** Every kind of pixel that PNG has but the palette, interlaced and not, at odd sizes. */
  @ParameterizedTest
  @CsvSource({
    "1, 0", "2, 0", "4, 0", "8, 0", "16, 0", "8, 2", "16, 2", "8, 4", "16, 4", "8, 6", "16, 6"
  })
  void readsEveryKindOfPixel(int depth, int colour) throws IOException {
    int n = PngBytes.SAMPLES[colour];
    double white = (1 << depth) - 1;
    for (int[] size : SIZES) {
      for (int interlace = 0; interlace < 2; interlace++) {
        int[] s = samples(size[0] * size[1] * n, depth);
        byte[] rows = PngBytes.rows(s, size[0], size[1], depth, colour, interlace == 1);
        byte[] png =
            new PngBytes()
                .header(size[0], size[1], depth, colour, interlace)
                .chunk("IDAT", PngBytes.deflate(rows))
                .end();
        byte[] grey = read(png, size[0], size[1]);
        double[][] rgba = new double[grey.length][];
        for (int i = 0; i < grey.length; i++) {
          double first = s[i * n] / white;
          double green = n > 2 ? s[i * n + 1] / white : first;
          double blue = n > 2 ? s[i * n + 2] / white : first;
          double alpha = n % 2 == 0 ? s[i * n + n - 1] / white : 1;
          rgba[i] = new double[] {first, green, blue, alpha};
        }
        assertGrey(rgba, grey);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "2, 4", "4, 9", "4, 16", "8, 100", "8, 256"})
  void readsPalettes(int depth, int colours) throws IOException {
    byte[] palette = new byte[3 * colours];
    byte[] alpha = new byte[colours / 2];
    new Random(depth).nextBytes(palette);
    new Random(colours).nextBytes(alpha);
    for (int[] size : SIZES) {
      for (int interlace = 0; interlace < 2; interlace++) {
        int count = size[0] * size[1];
        int[] s = new SplittableRandom(9).ints(count, 0, colours).toArray();
        byte[] rows = PngBytes.rows(s, size[0], size[1], depth, 3, interlace == 1);
        byte[] png =
            new PngBytes()
                .header(size[0], size[1], depth, 3, interlace)
                .chunk("PLTE", palette)
                .chunk("tRNS", alpha)
                .chunk("IDAT", PngBytes.deflate(rows))
                .end();
        byte[] grey = read(png, size[0], size[1]);
        double[][] rgba = new double[grey.length][4];
        for (int i = 0; i < grey.length; i++) {
          for (int c = 0; c < 3; c++) {
            rgba[i][c] = (palette[3 * s[i] + c] & 0xff) / 255.0;
          }
          rgba[i][3] = s[i] < alpha.length ? (alpha[s[i]] & 0xff) / 255.0 : 1;
        }
        assertGrey(rgba, grey);
      }
    }
  }

  /** One colour may be declared transparent: it shows the ground behind. */
  @Test
  void readsTransparentColours() throws IOException {
    byte[] grey =
        new PngBytes()
            .header(3, 1, 2, 0, 0)
            .chunk("tRNS", (byte) 0, (byte) 2)
            .chunk("IDAT", PngBytes.deflate(PngBytes.rows(new int[] {1, 2, 3}, 3, 1, 2, 0, false)))
            .end();
    assertArrayEquals(new byte[] {85, 0, -1}, read(grey, 3, 1));
    int[] s = {9, 8, 7, 9, 9, 7, 0xffff, 0xffff, 0xffff};
    byte[] rgb =
        new PngBytes()
            .header(3, 1, 16, 2, 0)
            .chunk("tRNS", (byte) 255, (byte) 255, (byte) 255, (byte) 255, (byte) 255, (byte) 255)
            .chunk("IDAT", PngBytes.deflate(PngBytes.rows(s, 3, 1, 16, 2, false)))
            .end();
    assertArrayEquals(new byte[] {0, 0, -1}, read(rgb, 3, 1), "dark on white");
  }

  /** What a drawing program saves: ink in one colour, and alpha says where. */
  @Test
  void drawingsStandOutFromTheirGround() throws IOException {
    int[] alpha = {0, 255, 128, 0};
    for (int ink : new int[] {0, 255}) {
      int ground = 255 - ink;
      byte[] expected = {(byte) ground, (byte) ink, (byte) (ink == 0 ? 127 : 128), (byte) ground};
      for (int n : new int[] {2, 4}) {
        int colour = n == 2 ? 4 : 6;
        int[] s = new int[4 * n];
        Arrays.fill(s, ink);
        for (int i = 0; i < 4; i++) {
          s[i * n + n - 1] = alpha[i];
        }
        byte[] png =
            new PngBytes()
                .header(4, 1, 8, colour, 0)
                .chunk("IDAT", PngBytes.deflate(PngBytes.rows(s, 4, 1, 8, colour, false)))
                .end();
        assertArrayEquals(expected, read(png, 4, 1), ink + ", colour " + colour);
      }
    }
  }

  /** Texts, gamma and the like do not matter; pixels may be spread over several chunks. */
  @Test
  void passesOverOtherChunks() throws IOException {
    byte[] packed = PngBytes.deflate(PngBytes.rows(samples(28 * 28, 8), 28, 28, 8, 0, false));
    byte[] png =
        new PngBytes()
            .header(28, 28, 8, 0, 0)
            .chunk("gAMA", (byte) 0, (byte) 0, (byte) 1, (byte) 0)
            .chunk("zTXt", "Comment\0\0not packed at all".getBytes(StandardCharsets.US_ASCII))
            .chunk("iCCP", (byte) 1)
            .chunk("IDAT")
            .chunk("IDAT", Arrays.copyOf(packed, 100))
            .chunk("IDAT", Arrays.copyOfRange(packed, 100, packed.length))
            .chunk("tEXt", (byte) 7)
            .end();
    byte[] pixels = read(png, 28, 28);
    int[] expected = samples(28 * 28, 8);
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(expected[i], Byte.toUnsignedInt(pixels[i]));
    }
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (int[] size : SIZES) {
      byte[] pixels = new byte[size[0] * size[1]];
      new Random(1).nextBytes(pixels);
      GreyImage image = new GreyImage(size[1], size[0], pixels);
      Png.write(file, image);
      assertEquals(image, Png.read(file));
      byte[] header = Arrays.copyOfRange(Files.readAllBytes(file), 24, 26);
      assertArrayEquals(new byte[] {8, 0}, header, "8 bits, grey");
      BufferedImage other = ImageIO.read(file.toFile());
      for (int i = 0; i < pixels.length; i++) {
        int x = i % size[0];
        assertEquals(pixels[i], (byte) other.getRaster().getSample(x, i / size[0], 0));
      }
    }
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file stays");
    }
  }

  /** What the JDK writes of the common kinds, filters and all. */
  @Test
  void readsWhatTheJdkWrites() throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      BufferedImage image = new BufferedImage(200, 90, type);
      for (int y = 0; y < 90; y++) {
        for (int x = 0; x < 200; x++) {
          image.setRGB(x, y, (x + y) % 7 < 3 ? 0xffffffff : 0xff000000);
        }
      }
      assertTrue(ImageIO.write(image, "png", file.toFile()), "type " + type);
      GreyImage grey = Png.read(file);
      for (int i = 0; i < grey.pixels().length; i++) {
        int expected = (i % 200 + i / 200) % 7 < 3 ? 255 : 0;
        assertEquals(expected, Byte.toUnsignedInt(grey.pixels()[i]), "type " + type);
      }
    }
  }

  @Test
  void pixelsHaveToFitTheSize() {
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(2, 2, new byte[3]));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(-1, -3, new byte[3]));
  }

  @Test
  void valuesBecomeTheNearestLevel() {
    float[] values = {0, 0.5f / 255, 0.49f / 255, 1, -7, 1.5f};
    byte[][] expected = {{0, 1, 0}, {-1, 0, -1}};
    assertArrayEquals(expected, GreyImage.levels(values, 3));
  }

  @Test
  void inMemoryAPictureHasTheBytesOfItsFile() throws IOException {
    GreyImage image = new GreyImage(2, 3, new byte[] {0, 50, 100, -106, -56, -1});
    Png.write(file, image);
    assertArrayEquals(Files.readAllBytes(file), Png.encode(image).array());
    BufferedImage colours = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(2, 1, 0x123456);
    Png.write(file, colours);
    assertEquals(0x123456, ImageIO.read(file.toFile()).getRGB(2, 1) & 0xffffff);
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    Path absent = folder.resolve("absent").resolve("a.png");
    GreyImage image = new GreyImage(1, 1, new byte[1]);
    String message =
        assertThrows(FormatException.class, () -> Png.write(absent, image)).getMessage();
    assertEquals(absent + ": cannot be written: its folder does not exist", message);
  }
}
