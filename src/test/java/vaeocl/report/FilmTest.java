package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;
import vaeocl.formats.FloatArray;

/** The film in the page, and for slides. */
class FilmTest {
  @TempDir Path folder;

  private String page() throws Exception {
    return Files.readString(folder.resolve("report.html"));
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    NodeList found = root.getElementsByTagName(name);
    return found.getLength() == 0 ? null : (IIOMetadataNode) found.item(0);
  }

  @Test
  void theAnimationHasAllFramesAndTheirTimes() throws Exception {
    RunData run = SmallRun.of(2, 300);
    int[] epochs = {0, 1, 2, 4, 8};
    Report.write(folder, run.withFilm(SmallFilm.of(run, 100, epochs)));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(folder.resolve("latent.gif").toFile())) {
      reader.setInput(in);
      assertEquals(epochs.length, reader.getNumImages(true));
      int[] hundredths = new int[epochs.length];
      Set<List<Integer>> seen = new HashSet<>();
      for (int f = 0; f < epochs.length; f++) {
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(f).getAsTree("javax_imageio_gif_image_1.0");
        hundredths[f] =
            Integer.parseInt(child(root, "GraphicControlExtension").getAttribute("delayTime"));
        IIOMetadataNode loop = child(root, "ApplicationExtension");
        assertEquals(f == 0, loop != null, "frame " + f);
        assertTrue(f > 0 || loop.getAttribute("applicationID").equals("NETSCAPE"));
        BufferedImage image = reader.read(f);
        assertTrue(image.getWidth() > 800 && image.getHeight() > 500, image.toString());
        List<Integer> pixels =
            IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToObj(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .toList();
        assertTrue(seen.add(pixels), "frame " + f + " is as one before it");
      }
      // Moves take as long as the training did, and the last frame stays.
      assertEquals(hundredths[0], hundredths[1]);
      assertEquals(2, (double) hundredths[2] / hundredths[0], 0.1);
      assertEquals(4, (double) hundredths[3] / hundredths[0], 0.1);
      assertTrue(hundredths[4] >= 200, hundredths[4] + "/100 s");
    } finally {
      reader.dispose();
    }
  }

  @Test
  void theAnimationShowsEveryClassInItsColour() throws Exception {
    RunData run = SmallRun.of(2, 500);
    Report.write(folder, run.withFilm(SmallFilm.of(run, 500, 0, 3)));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(folder.resolve("latent.gif").toFile())) {
      reader.setInput(in);
      BufferedImage last = reader.read(1);
      for (int c = 0; c < 10; c++) {
        assertTrue(near(last, Palette.of(c).getRGB()), "no point of class " + c);
      }
    } finally {
      reader.dispose();
    }
  }

  /** Points are a third transparent. */
  private static boolean near(BufferedImage image, int rgb) {
    for (int y = 60; y < image.getHeight(); y++) {
      for (int x = 0; x < 490; x++) {
        int found = image.getRGB(x, y);
        double worst = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          int full = rgb >> shift & 0xff;
          double drawn = 255 + 170 / 255.0 * (full - 255);
          worst = Math.max(worst, Math.abs(drawn - (found >> shift & 0xff)));
        }
        if (worst <= 24) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aRunWithoutAFilmHasNone() throws Exception {
    assertEquals(List.of(), Report.write(folder, SmallRun.of(2, 100)));
    assertFalse(Files.exists(folder.resolve("latent.gif")));
    assertFalse(page().contains("id=\"film\""));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void anyNumberOfLatentsAndImagesIsShown(int latent) throws Exception {
    for (int images : new int[] {1, 7, 60}) {
      RunData run = SmallRun.of(latent, images);
      assertEquals(List.of(), Report.write(folder, run.withFilm(SmallFilm.of(run, images, 0, 1))));
      assertNotNull(ImageIO.read(folder.resolve("latent.gif").toFile()));
      assertTrue(page().contains("the same " + images + " test images"));
    }
  }

  /** What is left when neither images nor weights are. */
  @Test
  void aFilmAloneIsShownToo() throws Exception {
    RunData run = SmallRun.of(3, 60);
    RunData bare = new RunData(run.config(), run.metrics(), null, null, null, null, Map.of(), null);
    Report.write(folder, bare.withFilm(SmallFilm.of(run, 60, 0, 1, 2)));
    assertTrue(page().contains("id=\"film\""));
    assertTrue(Files.exists(folder.resolve("latent.gif")));
    RunData unlabelled =
        new RunData(run.config(), run.metrics(), run.test(), null, run.mu(), null, Map.of(), null);
    Report.write(folder, unlabelled.withFilm(SmallFilm.of(unlabelled, 60, 0)));
    assertTrue(page().contains("id=\"film\""));
  }

  @Test
  void theDefaultRunWithALongFilmStaysBelowFiveMegabytes() throws Exception {
    RunData run = SmallRun.of(2, 10_000);
    Map<String, FloatArray> weights = SmallRun.weights(2, 400, 784);
    SmallRun.put(weights, "fc1", 784, 400);
    SmallRun.put(weights, "fc21", 400, 2);
    SmallRun.put(weights, "fc22", 400, 2);
    RunData whole =
        new RunData(
            run.config(),
            run.metrics(),
            run.test(),
            run.labels(),
            run.mu(),
            run.logvar(),
            weights,
            (z, count) -> new float[count * 784],
            SmallFilm.of(run, 1000, IntStream.range(0, 40).toArray()));
    assertEquals(List.of(), Report.write(folder, whole));
    long size = Files.size(folder.resolve("report.html"));
    assertTrue(size < 5_000_000, size + " bytes");
  }
}
