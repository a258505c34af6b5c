package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG files that are damaged, lie about themselves or are not PNG at all. */
class PngDamageTest {
  @TempDir Path folder;
  private HostileFile hostile;

  @BeforeEach
  void names() {
    hostile = new HostileFile(folder.resolve("some.png"), Png::read);
  }

  private void refused(String problem, byte[] png) throws IOException {
    String message = hostile.refused(png);
    assertTrue(message.contains(problem), message);
  }

  /** Pixels of value 0 for so many rows of so many bytes. */
  private static byte[] zeros(int rows, int rowBytes) {
    return PngBytes.deflate(new byte[rows * (1 + rowBytes)]);
  }

  private static PngBytes grey(int cols, int rows) {
    return new PngBytes().header(cols, rows, 8, 0, 0);
  }

  @Test
  void refusesEveryDamage() throws IOException {
    byte[] png =
        new PngBytes()
            .header(5, 3, 2, 3, 1)
            .chunk("PLTE", new byte[12])
            .chunk("tRNS", new byte[2])
            .chunk("tEXt", (byte) 'x')
            .chunk("IDAT", PngBytes.deflate(PngBytes.rows(new int[15], 5, 3, 2, 3, true)))
            .end();
    hostile.refusesEveryPrefix(png);
    hostile.refusesForeignFiles(Arrays.copyOf(png, 8), new byte[] {-1, (byte) 0xd8, -1, -32});
    HostileFile.Outcome all = hostile.mutate(png, 0, png.length);
    assertTrue(all.refused() > 0, "no damage done: " + all);
    assertEquals(0, all.same() + all.different(), all.toString());
  }

  /** Packed pixels that are damaged before their checksum was computed. */
  @Test
  void refusesDamagedPixels() throws IOException {
    byte[] plain = new byte[11 * 4];
    byte[] packed = PngBytes.deflate(plain);
    GreyImage good = new GreyImage(4, 10, new byte[40]);
    int refused = 0;
    for (int i = 0; i < packed.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        packed[i] ^= (byte) (1 << bit);
        Object result = hostile.result(grey(10, 4).chunk("IDAT", packed).end());
        packed[i] ^= (byte) (1 << bit);
        // A few bits are padding.
        assertTrue(result instanceof FormatException || result.equals(good), "byte " + i);
        refused += result instanceof FormatException ? 1 : 0;
      }
    }
    assertTrue(refused > 4 * packed.length, "only " + refused + " refused");
    plain[11] = 5; // there are filters 0 to 4
    refused("cannot be decoded", grey(10, 4).chunk("IDAT", PngBytes.deflate(plain)).end());
  }

  @ParameterizedTest
  @CsvSource({
    "4097x1 pixels, 4097, 1",
    "1x4097 pixels, 1, 4097",
    "0x5 pixels, 0, 5",
    "5x0 pixels, 5, 0",
    "2147483647x2147483647 pixels, 2147483647, 2147483647",
    "4294967295x1 pixels, -1, 1",
    "less or more, 4096, 4096",
    "less or more, 3, 5",
    "more than its header, 3, 3"
  })
  void refusesSizesThatAreNotThere(String problem, int cols, int rows) throws IOException {
    refused(problem, grey(cols, rows).chunk("IDAT", zeros(4, 3)).end());
  }

  @Test
  void refusesKindsThatDoNotExist() throws IOException {
    for (int depth = 0; depth <= 17; depth++) {
      for (int colour = 0; colour <= 7; colour++) {
        boolean power = depth > 0 && Integer.bitCount(depth) == 1;
        boolean exists =
            switch (colour) {
              case 0 -> power;
              case 2, 4, 6 -> depth == 8 || depth == 16;
              case 3 -> power && depth <= 8;
              default -> false;
            };
        if (!exists) {
          byte[] png = new PngBytes().header(1, 1, depth, colour, 0).chunk("IDAT").end();
          refused("header is damaged", png);
        }
      }
    }
    refused("header is damaged", new PngBytes().header(1, 1, 8, 0, 2).end());
    refused("64 MiB", new PngBytes().header(4096, 4096, 16, 6, 0).chunk("IDAT").end());
  }

  /** A few kilobytes that unpack to gigabytes, if one lets them. */
  @Test
  void refusesBombs() throws IOException {
    byte[] bomb = PngBytes.deflate(new byte[64 << 20]);
    refused("more than its header", grey(28, 28).chunk("IDAT", bomb).end());
    byte[] name = {'x', 0, 0};
    byte[] text = Arrays.copyOf(name, name.length + bomb.length);
    System.arraycopy(bomb, 0, text, name.length, bomb.length);
    for (String type : new String[] {"zTXt", "iCCP"}) {
      byte[] png = grey(3, 4).chunk(type, text).chunk("IDAT", zeros(4, 3)).end();
      assertEquals(new GreyImage(4, 3, new byte[12]), hostile.result(png), "to pass over: " + type);
    }
  }

  @Test
  void refusesChunksOutOfPlace() throws IOException {
    byte[] idat = zeros(4, 3);
    byte[] palette = new byte[6];
    byte[] ihdr = {0, 0, 0, 3, 0, 0, 0, 4, 8, 0, 0, 0, 0};
    refused("header in the wrong place", new PngBytes().chunk("tEXt", ihdr).end());
    refused("header in the wrong place", grey(3, 4).header(3, 4, 8, 0, 0).end());
    refused("needs a newer reader (chunk IDOT)", grey(3, 4).chunk("IDOT").end());
    refused("between its chunks", grey(3, 4).chunk("a\n\0b").end());
    refused("less or more", grey(3, 4).end());
    refused("truncated", grey(3, 4).chunk("IDAT", idat).bytes());
    refused(
        "pixels out of place",
        grey(3, 4).chunk("IDAT", idat).chunk("tEXt").chunk("IDAT", idat).end());
    refused("behind its pixels", grey(3, 4).chunk("IDAT", idat).chunk("IDAT", idat).end());
    refused(
        "behind its pixels", grey(3, 4).chunk("IDAT", Arrays.copyOf(idat, idat.length + 1)).end());
    refused("data in its end", grey(3, 4).chunk("IDAT", idat).chunk("IEND", (byte) 1).bytes());
    refused("palette out of place", grey(3, 4).chunk("PLTE", palette).end());
    refused(
        "transparency out of place", grey(3, 4).chunk("IDAT", idat).chunk("tRNS", palette).end());
    refused("bad transparency", grey(3, 4).chunk("tRNS", palette).end());
    refused("bad transparency", grey(3, 4).chunk("tRNS").end());
  }

  @Test
  void refusesBadPalettes() throws IOException {
    byte[] two = new byte[6];
    byte[] rows = PngBytes.deflate(PngBytes.rows(new int[] {0, 1, 2, 1}, 2, 2, 8, 3, false));
    refused(
        "has colour 2 of a palette of 2", coloured().chunk("PLTE", two).chunk("IDAT", rows).end());
    refused("pixels out of place", coloured().chunk("IDAT", rows).end());
    refused("bad palette", coloured().chunk("PLTE").end());
    refused("bad palette", coloured().chunk("PLTE", new byte[7]).end());
    refused("bad palette", coloured().chunk("PLTE", new byte[771]).end());
    refused("palette out of place", coloured().chunk("PLTE", two).chunk("PLTE", two).end());
    refused("bad transparency", coloured().chunk("PLTE", two).chunk("tRNS", new byte[3]).end());
    refused("bad transparency", coloured().chunk("tRNS", new byte[1]).end());
    refused("bad palette", new PngBytes().header(2, 2, 1, 3, 0).chunk("PLTE", new byte[9]).end());
  }

  private static PngBytes coloured() {
    return new PngBytes().header(2, 2, 8, 3, 0);
  }

  @Test
  void refusesWhatIsNoFile() {
    for (Path odd : new Path[] {folder, folder.resolve("absent")}) {
      String message = assertThrows(FormatException.class, () -> Png.read(odd)).getMessage();
      assertTrue(message.startsWith(odd + ": "), message);
    }
  }
}
