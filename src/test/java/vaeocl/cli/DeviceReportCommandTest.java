package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.KernelFiles;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;

/** A report of a device is made whatever fails on it. */
class DeviceReportCommandTest {
  @TempDir private Path folder;

  @Test
  void aPartThatFailsIsSaidAndTheOthersAreThere() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    Path digits = TestData.digitsFolder(folder.resolve("digits"), 300, 30);
    Path kernels = folder.resolve("kernels");
    // One that a training has no use for: its self-test would refuse the device.
    KernelFiles.plant(kernels, "plain/importance.cl", "dHeads[left] = mu;", "dHeads[left] = -mu;");

    Outcome o =
        CommandRun.run(
            "device-report",
            "--data",
            digits,
            "--device",
            "Portable",
            "--kernels",
            kernels,
            "--epochs",
            "1",
            "--skip",
            "tune",
            "--out",
            folder.resolve("report"));

    assertFails(o, Cli.FAILED, "failed, as the report says: check");
    JsonNode report =
        new ObjectMapper().readTree(folder.resolve("report/device-report.json").toFile());
    assertTrue(report.path("device").path("local_bytes").asLong() > 0, report.toString());
    String tested = part(report, "self-test").path("output").asText();
    assertTrue(tested.contains("Training and evaluation are right. "), tested);
    JsonNode check = part(report, "check");
    assertTrue(check.path("problem").asText().startsWith("status 1"), check.toString());
    assertTrue(
        check.path("output").asText().contains("WRONG: ImportanceBackward"), check.toString());
    JsonNode bench = part(report, "bench tuned").path("figures");
    assertTrue(bench.path("train_epoch_s").asDouble() > 0, report.toString());
    JsonNode profile = part(report, "profile").path("figures");
    assertTrue(profile.path("step_us").asDouble() > 0, report.toString());
    assertTrue(profile.path("kernels").get(0).path("ceiling_share").asDouble() > 0);
    JsonNode run = part(report, "train").path("figures");
    assertEquals(1, run.path("epochs").size(), report.toString());
    assertTrue(run.path("epochs").get(0).path("loss").asDouble() > 0, report.toString());
    assertTrue(part(report, "tune").isMissingNode(), report.toString());
    String page = Files.readString(folder.resolve("report/device-report.html"));
    assertTrue(page.contains("FAILED: status 1"), page);
  }

  @Test
  void theSelfTestNamesAKernelThatIsWrongAtTheShapesOfTheNet() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    Path digits = TestData.digitsFolder(folder.resolve("digits"), 300, 30);
    Path kernels = folder.resolve("kernels");
    KernelFiles.plant(kernels, "gpu/gradient.cl", "EACH(i, STRIDES - 1)", "EACH(i, STRIDES - 2)");
    Outcome o =
        CommandRun.run(
            "self-test",
            "--data",
            digits,
            "--device",
            "Portable",
            "--tiling",
            "gpu",
            "--kernels",
            kernels,
            "--hidden",
            "50,20");
    assertFails(o, Cli.FAILED, "update");
    assertFails(o, Cli.FAILED, "leave out --kernels, try --tiling plain, ");
  }

  private static JsonNode part(JsonNode report, String name) {
    return report
        .path("parts")
        .valueStream()
        .filter(p -> p.path("name").asText().equals(name))
        .findFirst()
        .orElse(report.path("missing"));
  }

  @Test
  void aPartThatThereIsNoneOfCannotBeSkipped() {
    assertRefused(
        CommandRun.run("device-report", "--skip", "bench,lunch", "--out", folder),
        "--skip lunch: there is no such part");
  }
}
