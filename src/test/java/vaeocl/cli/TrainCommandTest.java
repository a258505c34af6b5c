package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;
import static vaeocl.cli.CommandRun.assertRefused;
import static vaeocl.cli.CommandRun.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.KernelFiles;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Safetensors;

class TrainCommandTest {
  private static final Locale LOCALE = Locale.getDefault();
  private static final Pattern EPOCH =
      Pattern.compile(
          "Epoch \\[1/2\\] \\| Loss: \\d+\\.\\d{4} \\| PSNR: \\d+\\.\\d{3} \\| SSIM: -?\\d\\.\\d{3}"
              + " \\| Recon: \\d+\\.\\d{4} \\| KL: \\d+\\.\\d{4} \\| \\d+\\.\\d s \\| idx");

  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, "--hidden", 30);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(LOCALE);
  }

  private static Outcome train(Path out, Object... more) {
    return training.run(out, 2, more);
  }

  @Test
  void aRunLeavesConfigMetricsAndModel() throws IOException {
    Path run = temp.resolve("run");
    Outcome o = train(run, "--seed", "9", "--beta", "0.5");
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    assertTrue(o.out().lines().anyMatch(l -> EPOCH.matcher(l).matches()), o.out());
    assertTrue(o.out().contains("Average Training Loss: "), o.out());

    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(3, rows.size());
    assertEquals(
        "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds,"
            + "beta,free_bits,sigma2,validation_loss",
        rows.get(0));
    String[] last = rows.get(2).split(",", -1);
    assertEquals(16, last.length);
    assertEquals(0.5, Double.parseDouble(last[12]));
    double loss = Double.parseDouble(last[1]);
    double recon = Double.parseDouble(last[2]);
    assertEquals(loss, recon + 0.5 * Double.parseDouble(last[3]), 1e-6 * loss);

    JsonNode config = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    assertEquals(9, config.get("seed").asInt());
    assertEquals(0.5, config.get("beta").asDouble());
    assertEquals("idx", config.get("dataset").get("name").asText());
    assertEquals(64, config.get("dataset").get("sha256").asText().length());
    assertTrue(config.get("device").get("driver").asText().length() > 0);

    Safetensors model = Safetensors.read(run.resolve("model.safetensors"));
    assertEquals(
        Set.of(
            "fc1.weight",
            "fc1.bias",
            "fc21.weight",
            "fc21.bias",
            "fc22.weight",
            "fc22.bias",
            "fc3.weight",
            "fc3.bias",
            "fc4.weight",
            "fc4.bias"),
        model.tensors().keySet());
    assertArrayEquals(new int[] {30, 784}, model.tensors().get("fc1.weight").shape());
    assertArrayEquals(new int[] {2, 30}, model.tensors().get("fc22.weight").shape());

    assertRefused(train(run), "holds a run already");
  }

  @Test
  void theSameSeedGivesTheSameModelInAnyLocale() throws IOException {
    byte[] model = null;
    List<String> metrics = null;
    for (Locale locale : List.of(Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("tr-TR"))) {
      Locale.setDefault(locale);
      Path run = temp.resolve("locale-" + locale);
      Outcome o = train(run, "--learning-rate", "2e-3");
      assertEquals(0, o.status(), o.err());
      assertTrue(o.out().lines().anyMatch(l -> EPOCH.matcher(l).matches()), o.out());
      byte[] bytes = Files.readAllBytes(run.resolve("model.safetensors"));
      List<String> figures = SmallTraining.figures(run);
      if (model != null) {
        assertArrayEquals(model, bytes);
        assertEquals(metrics, figures);
      }
      model = bytes;
      metrics = figures;
    }
    Path other = temp.resolve("other-seed");
    train(other, "--learning-rate", "2e-3", "--seed", "2");
    assertFalse(
        java.util.Arrays.equals(model, Files.readAllBytes(other.resolve("model.safetensors"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs=0",
        "--epochs=-1",
        "--batch-size=0",
        "--batch-size=301",
        "--latent=0",
        "--hidden=0",
        "--hidden=2000000000",
        "--latent=2000000000",
        "--beta=-1",
        "--beta=NaN",
        "--beta=1e-400",
        "--hidden=30,",
        "--hidden=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
        "--seed=1.0",
        "--seed=9223372036854775808",
        "--learning-rate=0",
        "--learning-rate=0x1p-3",
        "--learning-rate=1d",
        "--learning-rate= 1e-3",
        "--learning-rate=Infinity",
        "--device=no-such-device",
        "--kernels=/no/such/folder"
      })
  void badOptionsAreRefusedBeforeAnythingIsWritten(String option) {
    Path out = temp.resolve("refused");
    boolean epochs = option.startsWith("--epochs");
    Outcome o =
        epochs
            ? run("train", "--data", training.digits(), "--out", out, option)
            : run("train", "--data", training.digits(), "--out", out, "--epochs=2", option);
    assertRefused(o, "");
    String name = option.replaceFirst("=.*", "");
    assertTrue(o.err().matches("(?s)vae-ocl: .*(" + name + "|no-such-device).*"), o.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    assertRefused(train(file), "file");
    assertRefused(train(file.resolve("below")), "below");
  }

  @Test
  void aBrokenKernelLeavesNoRunFolder() throws IOException {
    Path kernels = temp.resolve("kernels");
    KernelFiles.copy(kernels);
    Files.writeString(kernels.resolve("cpu/latent.cl"), "kernel void latent_forward(");
    Path out = temp.resolve("broken");
    assertFails(train(out, "--kernels", kernels), Cli.FAILED, "clBuildProgram(cpu/latent.cl");
    assertFalse(Files.exists(out));
  }

  @Test
  void aLossThatIsNotFiniteFailsTheRunWithoutAModel() {
    Path out = temp.resolve("blown-up");
    assertFails(train(out, "--learning-rate", "1e30"), Cli.FAILED, "not finite at step 2");
    assertFalse(Files.exists(out.resolve("model.safetensors")));
  }

  @Test
  void weightsThatTheLastStepSpoilsAreNotKept() {
    Path out = temp.resolve("spoiled");
    // One step an epoch: its loss is finite, what it leaves is not.
    Outcome o = train(out, "--batch-size", "300", "--learning-rate", "1e38");
    assertFails(o, Cli.FAILED, "not finite after step 1");
    assertFalse(Files.exists(out.resolve("model.safetensors")));
    assertFalse(Files.exists(out.resolve("metrics.csv")));
  }
}
