package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.data.Images;
import vaeocl.formats.FormatException;
import vaeocl.model.Pairs;

/**
 * What a report holds, of whole runs and of what is left of others.
 *
 * <p>Longer than 250 lines: a case for each thing that may be missing from a run.
 */
class ReportTest {
  private static final Set<String> CURVES = Set.of("loss.png", "psnr.png", "ssim.png");
  private static final Set<String> DECODED = Set.of("manifold.png", "samples.png");
  private static final Set<String> TEST_SET = Set.of("latent.png", "kl.png");
  private static final Set<String> BOTH =
      Set.of("reconstructions.png", "extremes.png", "interpolations.png");

  @TempDir Path folder;

  private void assertFiles(List<Set<String>> expected) throws IOException {
    Set<String> names = new TreeSet<>(Set.of("report.html"));
    expected.forEach(names::addAll);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          names,
          files
              .map(f -> f.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    for (String name : names) {
      if (name.endsWith(".png")) {
        assertDrawn(name);
      }
    }
  }

  /** Sharp on any screen, with something on it, and nothing cut off at the edges. */
  private void assertDrawn(String name) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(name).toFile());
    assertTrue(image.getWidth() >= 640 && image.getHeight() >= 200, name + " " + image);
    Set<Integer> colors = new HashSet<>();
    int ink = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        boolean edge = x < 8 || y < 8 || x >= image.getWidth() - 8 || y >= image.getHeight() - 8;
        assertTrue(!edge || rgb == 0xffffffff, name + " is not white at " + x + ", " + y);
        colors.add(rgb);
        ink += rgb == 0xffffffff ? 0 : 1;
      }
    }
    assertTrue(colors.size() > 20, name + " has " + colors.size() + " colours");
    assertTrue(ink > 0.01 * image.getWidth() * image.getHeight(), name + " is nearly empty");
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("report.html"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 20})
  void everythingIsDrawn(int latent) throws IOException {
    assertEquals(List.of(), Report.write(folder, SmallRun.of(latent, 200)));
    Set<String> traversal = latent > 2 ? Set.of("traversal.png") : Set.of();
    assertFiles(List.of(CURVES, DECODED, TEST_SET, BOTH, traversal));
  }

  @Test
  void mapHoldsThePointsOfEveryClass() throws IOException {
    Report.write(folder, SmallRun.of(2, 500));
    BufferedImage image = ImageIO.read(folder.resolve("latent.png").toFile());
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth() * 85 / 100; x++) { // the legend is beyond
        colors.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    for (int c = 0; c < 10; c++) {
      Color full = Palette.of(c);
      Color dot =
          new Color(onWhite(full.getRed()), onWhite(full.getGreen()), onWhite(full.getBlue()));
      assertTrue(
          colors.stream().anyMatch(rgb -> near(new Color(rgb), dot)), "no dot of class " + c);
    }
  }

  /** A channel of a dot that is 150/255 opaque. */
  private static int onWhite(int channel) {
    return 255 - (255 - channel) * 150 / 255;
  }

  private static boolean near(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed()) <= 2
        && Math.abs(a.getGreen() - b.getGreen()) <= 2
        && Math.abs(a.getBlue() - b.getBlue()) <= 2;
  }

  @Test
  void emptyRunStillHasAPage() throws IOException {
    RunData nothing = new RunData(null, List.of(), null, null, null, null, Map.of(), null);
    assertEquals(
        List.of(
            "no configuration: the page cannot say how the run was made",
            "no metrics: loss.png, psnr.png and ssim.png are left out",
            "no test set: reconstructions.png, extremes.png and interpolations.png are left out",
            "no encoded test set: latent.png and kl.png are left out",
            "no weights: the page's explorer cannot decode",
            "no decoder: all pictures that it would draw are left out"),
        Report.write(folder, nothing));
    assertFiles(List.of());
    assertTrue(page().contains("<li>no weights: the page&#39;s explorer cannot decode</li>"));
  }

  @Test
  void unfinishedRunShowsItsCurves() throws IOException {
    RunData run = SmallRun.of(2, 50);
    Report.write(
        folder,
        new RunData(run.config(), SmallRun.metrics(1), null, null, null, null, Map.of(), null));
    assertFiles(List.of(CURVES));
    assertTrue(page().contains("chart-loss"));
    assertFalse(page().contains("id=\"explorer\""));
  }

  @Test
  void weightsAloneDrawWhatNeedsNoTestSet() throws IOException {
    ObjectNode config = SmallRun.config(2);
    config.putObject("dataset").put("name", "digits").put("height", 28).put("width", 28);
    RunData run = SmallRun.of(2, 50);
    Report.write(
        folder, new RunData(config, List.of(), null, null, null, null, run.weights(), null));
    assertFiles(List.of(DECODED));
    assertTrue(page().contains("id=\"explorer\""));
  }

  @Test
  void testSetAloneIsMapped() throws IOException {
    RunData run = SmallRun.of(2, 50);
    List<String> notices =
        Report.write(
            folder,
            new RunData(
                run.config(), run.metrics(), run.test(), null, run.mu(), null, Map.of(), null));
    assertEquals(
        List.of(
            "no finite variances: kl.png is left out",
            "no weights: the page's explorer cannot decode",
            "no decoder: all pictures that it would draw are left out"),
        notices);
    assertFiles(List.of(CURVES, Set.of("latent.png")));
  }

  @Test
  void damagedPartsAreNamed() throws IOException {
    RunData run = SmallRun.of(2, 50);
    float[] broken = run.mu().clone();
    broken[3] = Float.NaN;
    assertEquals(
        List.of("the encoded test set holds NaN: latent.png and kl.png are left out"),
        Report.write(folder, run.withEncoded(broken, run.logvar())));
    RunData other = SmallRun.of(3, 50);
    RunData mixed =
        new RunData(
            run.config(),
            run.metrics(),
            run.test(),
            run.labels(),
            run.mu(),
            run.logvar(),
            other.weights(),
            null);
    assertEquals(
        List.of(
            "the model has 3 latent dimensions, the encoded test set 2: the page's explorer cannot"
                + " decode",
            "no decoder: all pictures that it would draw are left out"),
        Report.write(folder, mixed));
    assertEquals(
        "the model draws 784 pixels, the pictures are of unknown size: the page's explorer cannot"
            + " decode",
        Report.write(
                folder,
                new RunData(run.config(), List.of(), null, null, null, null, run.weights(), null))
            .get(3));
  }

  @Test
  void otherNumbersOfClassesAndShapesDoNotMatter() throws IOException {
    for (int classes : new int[] {1, 3, 47, 200}) {
      byte[] labels = new byte[300];
      byte[] pixels = new byte[300 * 35];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (byte) (i % classes + 256 - classes);
        pixels[35 * i + i % 35] = (byte) 255;
      }
      Images images = new Images(300, 7, 5, pixels);
      RunData run = SmallRun.of(SmallRun.config(2), images, labels, 2);
      assertEquals(List.of(), Report.write(folder, run));
      assertFiles(List.of(CURVES, DECODED, TEST_SET, BOTH));
    }
  }

  @Test
  void largePicturesAreDrawnSmaller() throws IOException {
    int side = 300;
    Images images = new Images(12, side, side, new byte[12 * side * side]);
    byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1};
    Report.write(folder, SmallRun.of(SmallRun.config(2), images, labels, 2));
    BufferedImage manifold = ImageIO.read(folder.resolve("manifold.png").toFile());
    assertTrue(manifold.getWidth() < 2000, "manifold.png is " + manifold.getWidth() + " wide");
  }

  @Test
  void sameRunGivesTheSameFiles() throws IOException {
    Report.write(folder, SmallRun.of(2, 50));
    byte[] samples = Files.readAllBytes(folder.resolve("samples.png"));
    byte[] page = Files.readAllBytes(folder.resolve("report.html"));
    Report.write(folder, SmallRun.of(2, 50));
    assertArrayEquals(samples, Files.readAllBytes(folder.resolve("samples.png")));
    assertArrayEquals(page, Files.readAllBytes(folder.resolve("report.html")));
    RunData other = SmallRun.of(2, 50);
    ((ObjectNode) other.config()).put("seed", 2);
    Report.write(folder, other);
    assertFalse(
        Arrays.equals(samples, Files.readAllBytes(folder.resolve("samples.png"))),
        "another seed, the same samples");
  }

  @Test
  void givenDecoderIsUsed() throws IOException {
    int[] decoded = new int[1];
    Decoder white =
        (z, count) -> {
          assertEquals(2 * count, z.length);
          decoded[0] += count;
          float[] pixels = new float[784 * count];
          Arrays.fill(pixels, 1);
          return pixels;
        };
    RunData run = SmallRun.of(2, 50);
    Report.write(folder, run.withDecoder(white));
    int pairs = Pairs.of(run.labels(), 50).all().size();
    assertEquals(10 + 50 + 2 * 10 + 400 + 100 + pairs * 11, decoded[0]);
  }

  @Test
  void everyDataSetButMnistIsNamed() {
    ObjectNode config = SmallRun.config(2);
    assertEquals(" (digits)", new Settings(config).suffix());
    config.putObject("dataset").put("name", "mnist");
    assertEquals("", new Settings(config).suffix());
    assertEquals("MNIST", new Settings(config).dataset());
    config.putObject("dataset").put("name", "x".repeat(500));
    assertEquals(" (" + "x".repeat(30) + "…)", new Settings(config).suffix());
  }

  @Test
  void hostileConfigurationStaysText() throws IOException {
    String attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{data}}";
    ObjectNode config = SmallRun.config(2);
    config.put("epochs", attack).put(attack, attack);
    config.putObject("dataset").put("name", attack).put(attack, attack);
    config.putObject("device").put("name", attack);
    config.putObject(attack).put(attack, attack).putObject("deep").put("deeper", attack);
    Report.write(folder, SmallRun.of(config, SmallRun.of(2, 30).test(), new byte[30], 2));
    String page = page();
    assertEquals(13, page.split("<script", -1).length - 1, "script elements");
    assertEquals(13, page.split("</script", -1).length - 1, "ends of script elements");
    assertFalse(page.contains("<img src=x"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
  }

  @Test
  void folderHasToExist() {
    Path missing = folder.resolve("missing");
    FormatException e =
        assertThrows(FormatException.class, () -> Report.write(missing, SmallRun.of(2, 20)));
    assertEquals(
        missing.resolve("loss.png") + ": cannot be written: its folder does not exist",
        e.getMessage());
  }
}
