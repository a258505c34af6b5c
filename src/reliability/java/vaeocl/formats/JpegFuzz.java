package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files, whose pixels are decoded by the JDK's own code. */
public final class JpegFuzz {
  private static final Path FILE =
      Jimfs.newFileSystem(Configuration.unix()).getPath("/picture.jpg");
  private static final HostileFile HOSTILE = new HostileFile(FILE, Jpeg::read);

  private JpegFuzz() {}

  /** Files to begin with: what ImageIO writes of grey and of colours, whole and progressive. */
  public static void seeds(Path folder) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage image = new BufferedImage(12, 9, type);
      image.setRGB(1, 2, 0x80c0a040);
      for (boolean progressive : new boolean[] {false, true}) {
        Files.write(folder.resolve("jpeg-" + type + progressive), jpeg(image, progressive));
      }
    }
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), how),
          new IIOImage(image, null, null),
          how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    if (HOSTILE.result(bytes) instanceof GreyImage image) {
      assertEquals(image, Jpeg.read(FILE), "read twice");
    }
  }
}
