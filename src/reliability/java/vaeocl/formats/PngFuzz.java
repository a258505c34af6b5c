package vaeocl.formats;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** PNG files, as they are and with the checksums that their chunks ask for. */
public final class PngFuzz {
  private static final int SIGNATURE = PngChunks.SIGNATURE.length;

  /** Length and type of a chunk, and the checksum behind its data. */
  private static final int HEAD = 8;

  private static final int CRC = 4;
  private static final FuzzedFile<GreyImage> FILE =
      FuzzedFile.of("image.png", Png::read, Png::write);

  private PngFuzz() {}

  /**
   * Files to begin with: what ImageIO writes of each kind of picture, and of each kind in Adam7.
   */
  public static void seeds(Path folder) throws IOException {
    for (int type = BufferedImage.TYPE_INT_RGB; type <= BufferedImage.TYPE_BYTE_INDEXED; type++) {
      BufferedImage image = new BufferedImage(5, 3, type);
      image.setRGB(1, 2, 0x80c0a040);
      Png.write(folder.resolve("image-" + type), image);
    }
    for (int colour : new int[] {0, 2, 3, 4, 6}) {
      int[] samples = new int[5 * 3 * PngBytes.SAMPLES[colour]];
      byte[] rows = PngBytes.rows(samples, 5, 3, 8, colour, true);
      PngBytes png = new PngBytes().header(5, 3, 8, colour, 1);
      png = colour == 3 ? png.chunk("PLTE", new byte[6]).chunk("tRNS", new byte[2]) : png;
      png = colour == 0 ? png.chunk("tRNS", new byte[2]) : png;
      png = colour == 2 ? png.chunk("tRNS", new byte[6]) : png;
      Files.write(
          folder.resolve("adam7-" + colour), png.chunk("IDAT", PngBytes.deflate(rows)).end());
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
    FILE.check(mended(bytes));
  }

  private static byte[] mended(byte[] bytes) {
    ByteBuffer mended = ByteBuffer.wrap(bytes.clone());
    int at = SIGNATURE;
    while (at + HEAD + CRC <= bytes.length) {
      int length = mended.getInt(at);
      int end = at + HEAD + length;
      if (length < 0 || length > bytes.length - at - HEAD - CRC) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, end - at - 4);
      mended.putInt(end, (int) crc.getValue());
      at = end + CRC;
    }
    return mended.array();
  }
}
