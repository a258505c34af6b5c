package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DevicePageTest {
  private static final String MARKUP = "<script>alert(1)</script>";

  private final ObjectNode report = new ObjectMapper().createObjectNode();

  @Test
  void whatADriverSaysIsNoMarkup() throws IOException {
    report.putObject("device").put("name", MARKUP).put("driver", MARKUP).put(MARKUP, 1);
    ObjectNode part = report.putArray("parts").addObject();
    part.put("name", "profile").put("problem", MARKUP).put("output", MARKUP).put("errors", MARKUP);
    ObjectNode kernel = part.putObject("figures").putArray("kernels").addObject();
    kernel.put("kernel", MARKUP).put("us", 3.25).put("bound", MARKUP);
    String page = DevicePage.of(report);
    assertFalse(page.contains("<script"), page);
    assertTrue(page.contains("FAILED: &lt;script&gt;"), page);
    assertTrue(page.contains("<td>3.2</td>") || page.contains("<td>3.3</td>"), page);
    assertTrue(page.contains("default-src 'none'"), page);
  }

  @Test
  void withoutAnyPartThereIsStillAPage() throws IOException {
    assertTrue(DevicePage.of(report).contains("vae-ocl on no device"));
  }

  @Test
  void productsAreBesideClBlastAndTheCeiling() throws IOException {
    ObjectNode bench = report.putArray("parts").addObject().put("name", "bench");
    ObjectNode figures = bench.putObject("figures").put("peak_gflops", 400.0);
    ObjectNode product = figures.putArray("products").addObject();
    product.put("name", "fc1").put("shape", "1x2x3");
    product.put("kernel_gflops", 100.0).put("clblast_gflops", 40.0);
    String page = DevicePage.of(report);
    assertTrue(page.contains("<td>100</td><td></td><td>25%</td><td>2.5</td>"), page);
  }
}
