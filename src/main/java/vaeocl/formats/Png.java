package vaeocl.formats;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Grey pictures in PNG files, by the JDK's ImageIO. */
public final class Png {
  /** Rows of at most 64 MiB that do not pack at all, and some room. */
  private static final long MAX_FILE_BYTES = 80L << 20;

  private static final ColorModel GREY =
      new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY).getColorModel();

  private Png() {}

  /**
   * Reads {@code file}, which may come from a stranger: of any kind that PNG has, up to 4096x4096
   * pixels. Colours become their luma, 16-bit samples are rounded to 8. Transparent pixels show a
   * ground from which the rest stands out: white behind what is dark on the whole, else black.
   * Gamma and colour profiles are ignored.
   *
   * @throws FormatException if the file is missing, unreadable, damaged, too large or no PNG file
   */
  public static GreyImage read(Path file) throws FormatException {
    return InputFile.read(file, Png::read);
  }

  private static GreyImage read(InputFile in) throws IOException {
    Path file = in.path();
    byte[] signature = in.bytes((int) Math.min(PngChunks.SIGNATURE.length, in.size()));
    if (!Arrays.equals(signature, PngChunks.SIGNATURE)) {
      throw new FormatException(file, "not a PNG file; save the picture as PNG");
    }
    in.next(8); // length and type of the first chunk, which is checked with the others
    PngHeader header = PngHeader.parse(file, ByteBuffer.wrap(in.bytes(PngHeader.BYTES)));
    if (in.size() > MAX_FILE_BYTES) {
      throw new FormatException(
          file, "has " + in.size() + " bytes, at most 80 MiB are read; make the picture smaller");
    }
    in.seek(0);
    PngChunks chunks = PngChunks.check(file, header, in.bytes((int) in.size()));
    PngSamples samples = new PngSamples(header, chunks);
    return grey(file, header, samples, decode(file, header, chunks.stream()));
  }

  /** The samples as they are in the file: one band, two, three or four. */
  private static Raster decode(Path file, PngHeader header, ByteBuffer png) throws FormatException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
    if (!readers.hasNext()) {
      throw new FormatException(file, "cannot be read: this Java has no PNG reader");
    }
    ImageReader reader = readers.next();
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(
            new ByteArrayInputStream(png.array(), png.arrayOffset(), png.remaining()))) {
      reader.setInput(stream, true, true);
      Raster raster = reader.read(0).getRaster();
      if (raster.getWidth() != header.cols()
          || raster.getHeight() != header.rows()
          || raster.getNumBands() != header.samples()) {
        throw new FormatException(file, "cannot be decoded: its pixels are of another kind");
      }
      return raster;
    } catch (FormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO has no limit to the kinds of exceptions that a file can make it throw.
      throw new FormatException(
          file, "cannot be decoded (" + e.getMessage() + "); copy or download it again", e);
    } finally {
      reader.dispose();
    }
  }

  private static GreyImage grey(Path file, PngHeader header, PngSamples samples, Raster raster)
      throws FormatException {
    int rows = header.rows();
    int cols = header.cols();
    int bands = header.samples();
    byte[] pixels = new byte[rows * cols];
    int[] row = new int[cols * bands];
    double ink = 0;
    for (int y = 0; y < rows; y++) {
      raster.getPixels(0, y, cols, 1, row);
      for (int x = 0; x < cols; x++) {
        if (header.colour() == PngHeader.PALETTE && row[x] >= samples.colours()) {
          throw new FormatException(
              file, "has colour " + row[x] + " of a palette of " + samples.colours());
        }
        ink += samples.ink(row, x * bands);
      }
    }
    int ground = ink < 0 ? 255 : 0;
    for (int y = 0; y < rows; y++) {
      raster.getPixels(0, y, cols, 1, row);
      for (int x = 0; x < cols; x++) {
        pixels[y * cols + x] = samples.grey(row, x * bands, ground);
      }
    }
    return new GreyImage(rows, cols, pixels);
  }

  /**
   * Writes {@code image} with 8 bits a pixel. The file appears whole or not at all.
   *
   * @throws FormatException if it cannot be written
   */
  public static void write(Path file, GreyImage image) throws FormatException {
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, encode(image)));
  }

  /**
   * Writes a picture of any kind, as {@link #write(Path, GreyImage)}.
   *
   * @throws FormatException if it cannot be written
   */
  public static void write(Path file, RenderedImage image) throws FormatException {
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, encode(image)));
  }

  /** A file that holds exactly these pixels, with 8 bits each. */
  public static ByteBuffer encode(GreyImage image) throws IOException {
    int cols = image.cols();
    DataBufferByte pixels = new DataBufferByte(image.pixels(), image.pixels().length);
    WritableRaster raster =
        Raster.createInterleavedRaster(pixels, cols, image.rows(), cols, 1, new int[1], null);
    return encode(new BufferedImage(GREY, raster, false, null));
  }

  private static ByteBuffer encode(RenderedImage image) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new IOException("this Java has no PNG writer");
    }
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not ImageIO.write: that may keep its cache in a file, by a setting of the whole process.
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
