package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.formats.FormatException;
import vaeocl.model.VaeConfig;

class RunConfigTest {
  private static final Path FILE = Path.of("config.json");

  private static RunConfig config() {
    return new RunConfig(
        "1",
        "now",
        3,
        VaeConfig.DEFAULT,
        "",
        0,
        new ImagesOfRun("idx", "/d", "abc", 10, 5, 28, 28, "ab", "c", Map.of("size", "28x28")),
        new RunConfig.Device("d", "p", "v", "CPU", "1", "2", 0, "d"),
        new RunConfig.Tiles("cpu", "", Map.of("rows", 8), "packed"),
        new RunConfig.Host("17", "Linux"));
  }

  private static String refusal(String json) {
    String said =
        assertThrows(FormatException.class, () -> RunConfig.parse(FILE, json)).getMessage();
    String start = "config.json: holds no configuration of a run: ";
    assertEquals(start, said.substring(0, start.length()));
    return said.substring(start.length());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertEquals(config(), RunConfig.parse(FILE, config().json()));
  }

  /** No version writes the one without the other; what was read is written all the same. */
  @Test
  void whatIsReadIsWritten() throws IOException {
    String json = config().json().replace("\"ordinal\" : 0", "\"ordinal\" : 3");
    RunConfig read = RunConfig.parse(FILE, json.replaceFirst("(\"option\" : )\"d\"", "$1\"\""));
    assertEquals(3, read.device().ordinal());
    assertEquals(read, RunConfig.parse(FILE, read.json()));
  }

  @ParameterizedTest
  @CsvSource({
    "/epochs, , epochs is missing",
    "/epochs, null, epochs is missing",
    "/epochs, 1.5, epochs is not a whole number that fits",
    "/epochs, '\"x\"', epochs is not a whole number that fits",
    "/epochs, 99999999999, epochs is not a whole number that fits",
    "/dataset/sha256, , dataset.sha256 is missing",
    "/dataset/height, '[]', dataset.height is not a whole number that fits",
    "/dataset, 3, dataset is not an object",
    "/device, null, device is missing",
    "/tiling/sizes, '\"x\"', tiling.sizes is not an object",
    "/tiling/sizes, null, tiling.sizes is missing",
    "/tiling/sizes/rows, null, tiling.sizes.rows is missing",
    "/tiling/options, '\"\\ud800\"', a text is no Unicode",
    "/version, null, version is missing",
    "/dataset/name, null, dataset.name is missing",
    "/dataset/height, null, dataset.height is missing",
    "/host/java, null, host.java is missing",
  })
  void mistakesNameTheirKey(String at, String value, String expected) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = (ObjectNode) json.readTree(config().json());
    int last = at.lastIndexOf('/');
    ObjectNode parent = last == 0 ? node : (ObjectNode) node.at(at.substring(0, last));
    if (value == null) {
      parent.remove(at.substring(last + 1));
    } else {
      parent.set(at.substring(last + 1), json.readTree(value));
    }
    assertEquals(expected, refusal(node.toString()));
  }

  @Test
  void whatIsNoJsonIsSaidWithItsLine() {
    assertEquals("not valid JSON, at line 2", refusal("{\n\"epochs\":,}"));
    assertEquals("epochs stands there twice, at line 1", refusal("{\"epochs\":1,\"epochs\":2}"));
    assertEquals("it is no object", refusal("[]"));
  }
}
