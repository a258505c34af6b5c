package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;

/** Training with default options on Mesa's llvmpipe, where kernels with long loops go wrong. */
class LlvmpipeTest {
  private static final Map<String, String> LLVMPIPE =
      Map.of(ChildJvm.VENDORS, ChildJvm.RUSTICL.toString(), "RUSTICL_ENABLE", "llvmpipe");

  private static final Map<String, String> POCL =
      Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString());

  /** Loss and PSNR of an epoch of the default net, of its real shapes, on two batches. */
  private static List<Double> figures(Map<String, String> driver, Path digits, Path run)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of("train", "--data", digits.toString()));
    args.addAll(List.of("--epochs", "1", "--no-report", "--out", run.toString()));
    ChildJvm.Result result = ChildJvm.run(driver, List.of(), args.toArray(String[]::new));
    assertEquals(0, result.status(), result.toString());
    List<String> figures = SmallTraining.figures(run);
    String[] names = figures.get(0).split(",", -1);
    String[] values = figures.get(1).split(",", -1);
    assertTrue(names[1].contains("loss"), figures.get(0));
    return List.of(Double.valueOf(values[1]), Double.valueOf(values[2]));
  }

  @Test
  void theDefaultIsRight(@TempDir Path temp) throws Exception {
    ChildJvm.needs(ChildJvm.RUSTICL);
    ChildJvm.needs(ChildJvm.POCL);
    Path digits = temp.resolve("digits");
    TestData.digitsFolder(digits, 256, 40);
    List<Double> expected = figures(POCL, digits, temp.resolve("pocl"));
    List<Double> actual = figures(LLVMPIPE, digits, temp.resolve("llvmpipe"));
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), 1e-5 * expected.get(i));
    }
    JsonNode config = new ObjectMapper().readTree(temp.resolve("llvmpipe/config.json").toFile());
    assertEquals("plain", config.get("tiling").get("kind").asText());
  }
}
