package vaeocl.formats;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures one after the other, again and again: animated GIF files, by the JDK's ImageIO. */
public final class Gif {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private Gif() {}

  /**
   * A picture that stays for a while.
   *
   * @param pixels [rows·cols], numbers of colours
   * @param hundredths of a second that it stays
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied
  public record Frame(byte[] pixels, int hundredths) {}

  /**
   * Writes an animation that begins again at its end. The file appears whole or not at all.
   *
   * @param colours at most 256, 0xRRGGBB
   * @throws FormatException if it cannot be written
   */
  public static void write(Path file, int rows, int cols, int[] colours, List<Frame> frames)
      throws FormatException {
    AtomicFile.write(
        file,
        channel ->
            AtomicFile.writeFully(channel, ByteBuffer.wrap(encode(rows, cols, colours, frames))));
  }

  private static byte[] encode(int rows, int cols, int[] colours, List<Frame> frames)
      throws IOException {
    IndexColorModel palette =
        new IndexColorModel(Byte.SIZE, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage image =
            new BufferedImage(cols, rows, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setDataElements(0, 0, cols, rows, frames.get(i).pixels());
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        metadata.mergeTree(FORMAT, animated(frames.get(i).hundredths(), i == 0));
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** How long a picture stays; the first one says that all begin again. */
  private static IIOMetadataNode animated(int hundredths, boolean first) {
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    root.appendChild(control);
    if (first) {
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject("\1\0\0".getBytes(StandardCharsets.ISO_8859_1)); // 0 times: for ever
      extensions.appendChild(loop);
      root.appendChild(extensions);
    }
    return root;
  }
}
