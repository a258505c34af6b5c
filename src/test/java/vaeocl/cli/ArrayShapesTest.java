package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.VaeConfig;

/** Arrays as images of a model that takes 3x2 pixels. */
class ArrayShapesTest {
  private static final Path FILE = Path.of("some.npy");
  private static final SavedModel MODEL =
      new SavedModel(VaeConfig.DEFAULT, 3, 2, Map.of(), Map.of());

  private static int[] shape(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 3 2",
        "5 6",
        "5 3 2 1",
        "5 1 3 2",
        "5 1 6",
        "5 6 1",
        "3 2",
        "6",
        "1 3 2",
        "3 2 1",
        "1 1 3 2 1",
        "1 6"
      })
  void aChannelIsNoOtherImage(String text) throws FormatException {
    int[] shape = shape(text);
    byte[] pixels = new byte[size(shape)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (8 * i);
    }
    Rows rows = ArrayShapes.pixels(FILE, new ByteArray(shape, pixels), MODEL);
    assertEquals(pixels.length / 6, rows.count());
    assertEquals(8 * 5 / 255f, rows.all()[5]);
    float[] floats = rows.all();
    assertArrayEquals(floats, ArrayShapes.pixels(FILE, new FloatArray(shape, floats), MODEL).all());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2 3", "5 2 3", "5 3 3 2", "1 3 3 2", "5 3 2 3", "1 5 3 2", "12"})
  void otherShapesAreRefused(String text) {
    int[] shape = shape(text);
    ByteArray array = new ByteArray(shape, new byte[size(shape)]);
    String message =
        assertThrows(FormatException.class, () -> ArrayShapes.pixels(FILE, array, MODEL))
            .getMessage();
    assertTrue(message.endsWith("images for this model are (N, 3, 2)"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 255, divide bytes by 255",
    "0.5, 1.5, divide bytes by 255",
    "0, 60000, 'divide by what white is, such as 65535'",
    "-1, 1, '(x + 1) / 2'",
    "-0.9, 0.7, '(x + 1) / 2'",
    "-0.01, 1.1, 'np.clip(x, 0, 1)'",
    "-0.4242, 2.8215, x * std + mean",
    "-128, 127, (x - black) / (white - black)"
  })
  void theRemedyFitsTheRange(float least, float greatest, String remedy) {
    float[] pixels = {0.5f, greatest, 0.5f, least, 0.5f, 0.5f};
    FloatArray array = new FloatArray(new int[] {3, 2}, pixels);
    String message =
        assertThrows(FormatException.class, () -> ArrayShapes.pixels(FILE, array, MODEL))
            .getMessage();
    assertTrue(message.contains("from " + least + " to " + greatest + "; "), message);
    assertTrue(message.contains(remedy), message);
  }
}
