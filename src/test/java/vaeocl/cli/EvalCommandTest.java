package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.json;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.TrainedModels.TEST_IMAGES;
import static vaeocl.cli.TrainedModels.floats;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.Safetensors;

/** eval on small trained models. */
class EvalCommandTest {
  private static final int EPOCHS = 40;

  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    models = TrainedModels.train(temp, EPOCHS);
  }

  @Test
  void evalGivesTheLastEpochAgainDigitForDigit() throws IOException {
    for (Path folder : List.of(models.run(), models.wide())) {
      List<String> rows = Files.readAllLines(folder.resolve("metrics.csv"));
      List<String> names = List.of(rows.get(0).split(","));
      String[] last = rows.get(EPOCHS).split(",", -1);
      JsonNode found = json("eval", folder);
      for (String name : List.of("mse", "psnr", "ssim", "mse_mean", "psnr_mean", "ssim_mean")) {
        String digitsFound = String.format(Locale.ROOT, "%.9g", found.get(name).asDouble());
        assertEquals(last[names.indexOf(name)], digitsFound, name);
      }
      double nats =
          -found.get("mse").asDouble() * 784 - found.get("kl").asDouble() - 392 * Math.log(Math.PI);
      assertEquals(nats, found.get("elbo").asDouble(), 1e-9);
      assertEquals(TEST_IMAGES, found.get("images").asInt());
    }
  }

  @Test
  void aFileWithoutMetadataIsUnderstoodFromItsShapes() throws IOException {
    Safetensors model = Safetensors.read(models.wide().resolve("model.safetensors"));
    Path bare = models.out("bare.safetensors");
    Safetensors.write(bare, model.tensors(), Map.of());
    JsonNode of = json("eval", bare, "--data", models.digits(), "--seed", 4);
    JsonNode as = json("eval", models.wide());
    for (String key : List.of("mse", "psnr", "ssim", "kl", "elbo")) {
      assertEquals(as.get(key), of.get(key), key);
    }
    JsonNode other = json("eval", bare, "--data", models.digits(), "--seed", 5);
    assertFalse(as.get("mse").equals(other.get("mse")), "another seed is other noise");
    assertEquals(as.get("mse_mean"), other.get("mse_mean"));
  }

  @Test
  void aCheckpointIsAModelToo() throws IOException {
    JsonNode of =
        json("eval", models.wide().resolve("checkpoint.safetensors"), "--data", models.digits());
    JsonNode as = json("eval", models.wide());
    for (String key : List.of("mse", "psnr", "ssim", "kl", "elbo")) {
      assertEquals(as.get(key), of.get(key), key);
    }
    ok("encode", models.wide(), "--bits", 8, "--out", models.out("of-run.codes"));
    Path decoded = models.out("of-checkpoint.npy");
    ok(
        "decode",
        models.wide().resolve("checkpoint.safetensors"),
        models.out("of-run.codes"),
        "--out",
        decoded);
    floats(decoded, TEST_IMAGES, 28, 28);
  }

  @Test
  void sampledReconstructionsAreThoseOfEvaluation() throws IOException {
    Path file = models.out("sampled.npy");
    ok("reconstruct", models.run(), "--z", "sampled", "--out", file);
    float[] recon = floats(file, TEST_IMAGES, 28, 28);
    double sum = 0;
    for (int i = 0; i < recon.length; i++) {
      sum += Math.pow(recon[i] - (models.test().pixels()[i] & 0xff) / 255.0, 2);
    }
    assertEquals(json("eval", models.run()).get("mse").asDouble(), sum / recon.length, 1e-7);
  }

  @Test
  void moreBitsKeepMore() throws IOException {
    JsonNode found = json("eval", models.run(), "--bits", "2-16");
    assertEquals(4, found.get("bits_per_image_2").asInt());
    double mean = found.get("psnr_mean").asDouble();
    assertEquals(mean, found.get("psnr_bits_16").asDouble(), 1e-3);
    assertTrue(found.get("psnr_bits_2").asDouble() < mean + 1e-3, "2 bits: " + found);
    assertTrue(found.get("psnr_pca_2").asDouble() < found.get("psnr_pca_8").asDouble());
    JsonNode one = json("eval", models.run(), "--bits", "8");
    assertEquals(found.get("psnr_bits_8"), one.get("psnr_bits"));
  }
}
