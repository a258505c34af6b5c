package vaeocl.formats;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files as grey pictures, by the JDK's ImageIO. */
public final class Jpeg {
  private static final int MAX_SIDE = 4096;
  private static final long MAX_FILE_BYTES = 80L << 20;

  /** A block of 8x8 pixels takes a bit at least: no file is packed more tightly. */
  private static final long MAX_RATIO = 8 * 8 * 8;

  private Jpeg() {}

  /**
   * Reads {@code file}, which may come from a stranger: grey or in colours, which become their luma
   * as in {@link Png#read}, up to 4096x4096 pixels. A camera's note on how it was held is ignored.
   *
   * @throws FormatException if the file is missing, unreadable, damaged, too large or no such file
   */
  public static GreyImage read(Path file) throws FormatException {
    return InputFile.read(
        file,
        in -> {
          byte[] magic = in.bytes((int) Math.min(3, in.size()));
          if (magic.length < 3 || magic[0] != -1 || magic[1] != (byte) 0xd8 || magic[2] != -1) {
            throw new FormatException(file, "not a JPEG file; save the picture as PNG or JPEG");
          }
          if (in.size() > MAX_FILE_BYTES) {
            throw new FormatException(file, "has more than 80 MiB; make the picture smaller");
          }
          in.seek(0);
          return grey(decode(file, in.bytes((int) in.size())));
        });
  }

  /**
   * A file that shows a picture about as it is.
   *
   * @param quality 0 to 1
   */
  public static byte[] encode(GreyImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      BufferedImage grey =
          new BufferedImage(image.cols(), image.rows(), BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster().setDataElements(0, 0, image.cols(), image.rows(), image.pixels());
      writer.setOutput(stream);
      writer.write(null, new IIOImage(grey, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static Raster decode(Path file, byte[] jpeg) throws FormatException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    if (!readers.hasNext()) {
      throw new FormatException(file, "cannot be read: this Java has no JPEG reader");
    }
    ImageReader reader = readers.next();
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      List<String> complaints = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> complaints.add(warning));
      reader.setInput(stream, true, true);
      int rows = reader.getHeight(0);
      int cols = reader.getWidth(0);
      if (rows < 1 || cols < 1 || rows > MAX_SIDE || cols > MAX_SIDE) {
        throw new FormatException(
            file,
            "is %dx%d pixels, 1x1 to 4096x4096 are read; make it smaller".formatted(cols, rows));
      }
      if ((long) rows * cols / MAX_RATIO > jpeg.length) {
        throw new FormatException(
            file,
            "announces %dx%d pixels, which %d bytes cannot hold; copy or download it again"
                .formatted(cols, rows, jpeg.length));
      }
      Raster raster = reader.read(0).getRaster();
      if (!complaints.isEmpty()) {
        // Such as a premature end: the rest would be grey.
        throw new FormatException(
            file, "is damaged (" + complaints.get(0) + "); copy or download it again");
      }
      int bands = raster.getNumBands();
      if (bands != 1 && bands != 3) {
        throw new FormatException(file, "has " + bands + " colours a pixel; save it in grey");
      }
      return raster;
    } catch (FormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO has no limit to the kinds of exceptions that a file can make it throw.
      throw new FormatException(
          file, "cannot be decoded (" + e.getMessage() + "); save it in grey, or copy it again", e);
    } finally {
      reader.dispose();
    }
  }

  private static GreyImage grey(Raster raster) {
    int rows = raster.getHeight();
    int cols = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] pixels = new byte[rows * cols];
    int[] row = new int[cols * bands];
    for (int y = 0; y < rows; y++) {
      raster.getPixels(0, y, cols, 1, row);
      for (int x = 0; x < cols; x++) {
        int at = x * bands;
        pixels[y * cols + x] =
            (byte) (bands == 1 ? row[x] : PngSamples.grey(row[at], row[at + 1], row[at + 2]));
      }
    }
    return new GreyImage(rows, cols, pixels);
  }
}
