package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;
import static vaeocl.cli.CommandRun.json;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.TrainedModels.TEST_IMAGES;
import static vaeocl.cli.TrainedModels.floats;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.model.Codec;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.reference.HostBackend;

/** encode, decode and reconstruct on small trained models. */
class CodeCommandsTest {
  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    models = TrainedModels.train(temp, 40);
  }

  @Test
  void encodeAndDecodeAreReconstructToTheBit() throws IOException {
    for (Path folder : List.of(models.run(), models.wide())) {
      Path codes = models.out(folder.getFileName() + "-codes.npy");
      Path decoded = models.out(folder.getFileName() + "-decoded.npy");
      Path whole = models.out(folder.getFileName() + "-whole.npy");
      ok("encode", folder, "--out", codes);
      ok("decode", folder, codes, "--out", decoded);
      ok("reconstruct", folder, "--out", whole);
      assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(decoded));
      floats(whole, TEST_IMAGES, 28, 28);
    }
  }

  @Test
  void theCodesAreTheReferences() throws IOException {
    Path file = models.out("reference-codes.npy");
    ok("encode", models.wide(), "--out", file);
    float[] codes = floats(file, TEST_IMAGES, 2, 5);
    SavedModel model = SavedModel.read(models.wide().resolve("model.safetensors"));
    try (Codec codec = new Codec(new HostBackend(), model)) {
      float[] expected = codec.encode(Rows.of(models.test()));
      assertArrayEquals(expected, codes, 1e-5f);
      Path images = models.out("reference-images.npy");
      ok("reconstruct", models.wide(), "--z", "sampled", "--out", images);
      float[] z = codec.sample(expected);
      assertArrayEquals(codec.decode(Rows.of(z, 5)), floats(images, TEST_IMAGES, 28, 28), 1e-5f);
    }
  }

  @Test
  void imagesComeFromArraysAndPicturesAlike() throws IOException {
    Path bytes = models.out("images-u8.npy");
    Npy.write(bytes, new ByteArray(new int[] {TEST_IMAGES, 28, 28}, models.test().pixels()));
    Path floats = models.out("images-f4.npy");
    Npy.write(floats, new FloatArray(new int[] {TEST_IMAGES, 784}, Rows.of(models.test()).all()));
    ok("encode", models.run(), "--out", models.out("from-test.npy"));
    ok("encode", models.run(), bytes, "--out", models.out("from-u8.npy"));
    ok("encode", models.run(), floats, "--out", models.out("from-f4.npy"));
    byte[] expected = Files.readAllBytes(models.out("from-test.npy"));
    assertArrayEquals(expected, Files.readAllBytes(models.out("from-u8.npy")));
    assertArrayEquals(expected, Files.readAllBytes(models.out("from-f4.npy")));

    List<Object> args =
        new ArrayList<>(List.of("encode", models.run(), "--out", models.out("from-png.npy")));
    for (int i = 0; i < 3; i++) {
      Path png = models.out("image-" + i + ".png");
      Png.write(
          png,
          new GreyImage(
              28, 28, Arrays.copyOfRange(models.test().pixels(), i * 784, i * 784 + 784)));
      args.add(png);
    }
    ok(args.toArray());
    ok("encode", models.run(), "--count", 3, "--out", models.out("from-three.npy"));
    assertArrayEquals(
        Files.readAllBytes(models.out("from-three.npy")),
        Files.readAllBytes(models.out("from-png.npy")));
  }

  @Test
  void quantisedCodesAreSmallAndDecodeNearby() throws IOException {
    ok("reconstruct", models.run(), "--out", models.out("exact.npy"));
    float[] exact = floats(models.out("exact.npy"), TEST_IMAGES, 28, 28);
    double before = Double.MAX_VALUE;
    for (int bits : new int[] {2, 5, 12, 16}) {
      Path codes = models.out("q" + bits + ".codes");
      JsonNode told = json("encode", models.run(), "--bits", bits, "--out", codes);
      assertEquals(Files.size(codes), told.get("bytes").asLong());
      assertTrue(Files.size(codes) <= 60 + (2L * bits * TEST_IMAGES + 7) / 8, codes.toString());
      Path decoded = models.out("q" + bits + ".npy");
      ok("decode", models.run(), codes, "--out", decoded);
      float[] recon = floats(decoded, TEST_IMAGES, 28, 28);
      double error = 0;
      for (int i = 0; i < recon.length; i++) {
        error += Math.pow(recon[i] - exact[i], 2) / TEST_IMAGES;
      }
      assertTrue(error < before, bits + " bits: " + error + " after " + before);
      before = error;
    }
    assertTrue(before < 1e-4, "16 bits are nearly exact: " + before);
    Outcome other =
        CommandRun.run(
            "decode", models.wide(), models.out("q5.codes"), "--out", models.out("never.npy"));
    assertRefused(other, "codes of another model");
  }
}
