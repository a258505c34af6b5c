package vaeocl.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.formats.FormatException;
import vaeocl.model.EpochResult;
import vaeocl.model.Preset;
import vaeocl.opencl.Tilings;
import vaeocl.reference.HostBackend;

/** The library as a caller uses it, on PoCL. */
class LibraryTest {
  @TempDir static Path temp;
  private static Device device;
  private static ImageSet digits;

  @BeforeAll
  static void open() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    device = Device.open("Portable");
    digits = ImageSet.read(TestData.digitsFolder(temp.resolve("digits"), 300, 50));
  }

  @AfterAll
  static void close() {
    if (device != null) {
      device.close();
    }
  }

  private static Trainer small() {
    return Trainer.of(digits).hidden(20).latent(3).batchSize(50).epochs(2).seed(5);
  }

  @Test
  void trainsWithoutAFolderAndTellsOfEveryEpoch() throws IOException {
    List<EpochResult> heard = new ArrayList<>();
    TrainedRun run = small().beta(0.5).listener(heard::add).train(device);
    assertTrue(run.whole() && run.folder().isEmpty());
    assertEquals(run.epochs(), heard);
    assertEquals(List.of(1, 2), heard.stream().map(EpochResult::epoch).toList());
    try (Model model = run.open(device)) {
      assertEquals(0.5, model.saved().config().beta());
      Images some = digits.test().part(0, 7);
      Codes codes = model.encode(some);
      assertEquals(7, codes.count());
      assertEquals(3, codes.mu(6).length);
      assertArrayEquals(model.decode(codes.mu()).pixels(), model.reconstruct(some, false).pixels());
      assertArrayEquals(codes.mu(6), model.encode(digits.test().part(6, 1)).mu());
      assertEquals(run.epochs().get(1).mean(), model.evaluate(digits.test()).mean());
      assertTrue(model.elbo(digits.test()) < 0);
      assertTrue(model.logLikelihood(some, 20, (done, all) -> {}).standardError() > 0);
    }
  }

  @Test
  void twoModelsAtOnceDoNotDisturbEachOther() throws IOException {
    try (Model a = small().train(device).open(device);
        Model b = small().seed(6).train(device).open(device)) {
      float[] first = a.generate(4, 1).pixels();
      float[] second = b.generate(4, 1).pixels();
      assertTrue(!java.util.Arrays.equals(first, second));
      assertArrayEquals(first, a.generate(4, 1).pixels());
      assertArrayEquals(second, b.generate(4, 1).pixels());
    }
  }

  @Test
  void aSavedModelIsTheSame() throws IOException {
    Path folder = temp.resolve("kept");
    Path file = temp.resolve("copy.safetensors");
    try (Model model = small().folder(folder).train(device).open(device)) {
      model.save(file);
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("model.safetensors")), Files.readAllBytes(file));
    try (Model run = Model.load(folder, device);
        Model copy = Model.load(file, device)) {
      assertArrayEquals(run.generate(3, 9).pixels(), copy.generate(3, 9).pixels());
    }
    assertEquals(digits, ImageSet.ofRun(folder));
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    Path whole = temp.resolve("whole");
    Path parts = temp.resolve("parts");
    small().folder(whole).train(device);
    int[] steps = {0};
    TrainedRun stopped = small().folder(parts).stopWhen(() -> steps[0]++ > 2).train(device);
    assertTrue(!stopped.whole());
    TrainedRun end = Trainer.resume(parts, digits).train(device);
    assertTrue(end.whole());
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("model.safetensors")),
        Files.readAllBytes(parts.resolve("model.safetensors")));
    assertThrows(RequestException.class, () -> Trainer.resume(parts, digits).train(device));
    ImageSet others = ImageSet.of(digits.test(), digits.train());
    assertThrows(RequestException.class, () -> Trainer.resume(parts, others));
  }

  @Test
  void theReferenceInDoublePrecisionAgrees() throws IOException {
    TrainedRun run = small().train(device);
    Images some = digits.test().part(0, 3);
    try (Model model = run.open(device);
        Model exact = Model.on(new HostBackend(), run.model())) {
      assertArrayEquals(
          exact.reconstruct(some, false).pixels(), model.reconstruct(some, false).pixels(), 1e-5f);
    }
  }

  @Test
  void aViewOfADeviceLeavesItOpen() throws IOException {
    TrainedRun run = small().train(device);
    try (Device plain = device.with(device.setup().withTiling(Tilings.PLAIN));
        Model model = run.open(plain)) {
      assertEquals("plain", plain.setup().tiling().label());
      assertEquals(4, model.manifold(2).count());
    }
    try (Model model = run.open(device)) {
      assertEquals(4, model.manifold(2).count());
    }
  }

  @Test
  void imagesAreWhatWasGiven() throws IOException {
    Images two = Images.of(new float[][] {{0, 1}, {0.5f, 0.25f}}, 1, 2);
    assertEquals(2, two.count());
    assertArrayEquals(new float[] {0.5f, 0.25f}, two.pixels(1));
    assertEquals(OptionalInt.empty(), two.label(0));
    assertTrue(digits.test().label(3).isPresent());
    assertArrayEquals(digits.dataset().test().pixels(), digits.test().levels().pixels());
    Path png = temp.resolve("sheet.png");
    digits.test().part(0, 6).write(png, 3);
    java.awt.image.BufferedImage sheet = javax.imageio.ImageIO.read(png.toFile());
    java.awt.image.BufferedImage same = digits.test().part(0, 6).sheet(3);
    assertEquals(88, sheet.getWidth());
    assertEquals(sheet.getRGB(14, 14), same.getRGB(14, 14));
    assertThrows(RequestException.class, () -> Images.of(new float[][] {{0, 2}}, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Images.of(new byte[5], 2, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> two.part(1, 2));
  }

  @Test
  void mistakesAreSaidInALine() throws IOException {
    assertThrows(FormatException.class, () -> Model.load(temp.resolve("none"), device));
    assertThrows(RequestException.class, () -> small().settings(Map.of("no_such", "1")));
    assertThrows(IllegalArgumentException.class, () -> small().latent(0));
    Exception odd =
        assertThrows(
            RequestException.class, () -> small().settings(Map.of("sigma", "0.5")).train(device));
    assertEquals("sigma is for likelihood gaussian alone", odd.getMessage());
    Images larger = Images.of(new byte[32 * 32], 32, 32);
    try (Model model = small().train(device).open(device)) {
      Exception e = assertThrows(RequestException.class, () -> model.encode(larger));
      assertEquals("the model is one of 28x28 images, these have 32x32", e.getMessage());
      assertThrows(RequestException.class, () -> model.decode(1, 2));
    }
  }

  @Test
  void overflowIsSaidWithTheImage() {
    float[] codes = {0, 1, 2, Float.NaN};
    Exception e =
        assertThrows(
            OverflowException.class, () -> OverflowException.refused(codes, 2, "codes of image"));
    assertTrue(e.getMessage().contains("codes of image 1 not finite"), e.getMessage());
    assertTrue(e.getMessage().contains("learning-rate"), e.getMessage());
  }

  @Test
  void presetsAndFilesOfSettings() throws IOException {
    Trainer trainer = Trainer.of(digits).preset(Preset.BITS_BACK);
    assertEquals(40, trainer.run(device).vae().latent());
    Path json = temp.resolve("settings.json");
    Files.writeString(json, "{\"latent\": 7, \"epochs\": 3}");
    Trainer read = Trainer.of(digits).settings(json);
    assertEquals(7, read.run(device).vae().latent());
    assertEquals(3, read.run(device).epochs());
  }

  @Test
  void nothingOfARunWithoutAFolderStays() throws IOException {
    Set<Path> before = temporaryRuns();
    TrainedRun run = small().epochs(1).train(device);
    assertNotNull(run.model());
    Set<Path> left = temporaryRuns();
    left.removeAll(before); // what a process that was killed left is not this run's
    assertEquals(Set.of(), left);
  }

  private static Set<Path> temporaryRuns() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().matches("vae-ocl\\d+"))
          .collect(Collectors.toSet());
    }
  }
}
