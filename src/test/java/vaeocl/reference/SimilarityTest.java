package vaeocl.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.Pocl;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** MSE, PSNR and SSIM against scikit-image, whose figures a resource holds. */
class SimilarityTest {
  private static final List<String> FIGURES = List.of("mse", "psnr", "ssim");
  private static final double C2 = 0.03 * 0.03;

  private static JsonNode cases() throws IOException {
    try (InputStream in = SimilarityTest.class.getResourceAsStream("/similarity/similarity.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      assertTrue(cases.size() > 0);
      return cases;
    }
  }

  private static float[] image(JsonNode hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.asText());
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = (bytes[i] & 0xFF) / 255f;
    }
    return pixels;
  }

  @Test
  void reference() throws IOException {
    int infinite = 0;
    for (JsonNode c : cases()) {
      try (HostBackend host = new HostBackend()) {
        infinite += assertAgrees(host, c, 1e-6);
      }
    }
    assertTrue(infinite > 0, "no identical images");
  }

  @ParameterizedTest
  @EnumSource
  void device(Tilings kind) throws IOException {
    ClDevice device = Pocl.device();
    Tiling tiling = kind.of(device.info());
    for (JsonNode c : cases()) {
      try (DeviceBackend backend =
          new DeviceBackend(device, KernelSource.packed(), tiling, Mode.GUARDED)) {
        assertAgrees(backend, c, 1e-5);
        backend.inspect().checkGuards();
      }
    }
  }

  /**
   * What single precision does to SSIM where images are flat and bright: σ² = E[a²] − E[a]² is then
   * rounding alone, a few 2⁻²⁴·(E[a²] + E[b²]), and it is held against C₂.
   */
  private static double flatness(JsonNode c) {
    if (!c.get("name").asText().startsWith("constant")) {
      return 0;
    }
    double squares = Math.pow(image(c.get("a"))[0], 2) + Math.pow(image(c.get("b"))[0], 2);
    return 4 * 0x1p-24 * squares / C2;
  }

  /** Compares a case's figures, the smaller of absolute and relative error counting for PSNR. */
  private static int assertAgrees(Backend backend, JsonNode c, double tolerance) {
    int height = c.get("height").asInt();
    int width = c.get("width").asInt();
    Tensor x = new Tensor("x", Role.INPUT, Type.F32, 1, height * width);
    Tensor recon = Tensor.activation("recon", 1, height * width);
    Tensor figures = new Tensor("figures", Role.RESULT, Type.F32, 1, 3);
    Op op = new Op.ImageMetrics(figures, recon, x, height, width);
    try (Plan plan = backend.compile(List.of(op), Set.of(figures))) {
      backend.write(recon, image(c.get("a")));
      backend.write(x, image(c.get("b")));
      plan.run(new Batches(0, 0, 0, 1));
      backend.finish();
    }
    float[] actual = backend.read(figures);
    int infinite = 0;
    for (int i = 0; i < FIGURES.size(); i++) {
      JsonNode expected = c.get(FIGURES.get(i));
      String what = c.get("name").asText() + ", " + FIGURES.get(i);
      if (expected.isTextual()) {
        assertEquals("infinite", expected.asText());
        assertEquals(Float.POSITIVE_INFINITY, actual[i], what);
        infinite++;
      } else {
        double value = expected.asDouble();
        boolean single = backend instanceof DeviceBackend && FIGURES.get(i).equals("ssim");
        double allowed = tolerance * Math.max(1, Math.abs(value)) + (single ? flatness(c) : 0);
        assertEquals(value, actual[i], allowed, what);
      }
    }
    return infinite;
  }
}
