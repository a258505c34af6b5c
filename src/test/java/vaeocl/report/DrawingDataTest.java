package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.model.Rows;
import vaeocl.model.SavedLayer;
import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;

class DrawingDataTest {
  private static final int IMAGES = 300;

  private static SavedLayer layer(int out, int in, float... weight) {
    return new SavedLayer(
        "fc1",
        new FloatArray(new int[] {out, in}, weight),
        new FloatArray(new int[] {out}, new float[out]),
        Activation.RELU);
  }

  private static ObjectNode json(RunData run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    DrawingData.of(Analysis.of(run)).put(json, IntStream.range(0, IMAGES).toArray());
    return json;
  }

  @Test
  void weightsAreWithinHalfAStepAndEachRowHasItsOwn() {
    Random random = new Random(5);
    float[] weight = new float[3 * 200];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (random.nextGaussian() * Math.pow(10, i / 200 - 1));
    }
    ByteLayer packed = ByteLayer.of(layer(3, 200, weight));
    float[] unpacked = packed.unpacked().weight().values();
    for (int i = 0; i < weight.length; i++) {
      float step = packed.scales()[i / 200];
      assertTrue(
          step > 0 && step < 0.1 * Math.pow(10, i / 200 - 1), "row " + i / 200 + ": " + step);
      assertEquals(weight[i], unpacked[i], 0.5001 * step, "weight " + i);
    }
    assertTrue(packed.length() >= Base64.getEncoder().encodeToString(packed.steps()).length());
  }

  @Test
  void rowOfOneWeightIsExact() {
    float[] weight = {0.3f, 0.3f, -1, 1};
    assertArrayEquals(
        weight, ByteLayer.of(layer(2, 2, weight)).unpacked().weight().values(), 2.5e-7f);
  }

  /** By the formulas alone, in double precision, from what the page holds. */
  @Test
  void statedErrorIsTheLargestOfThoseOnThePage() {
    RunData run = EncodedRun.of(3, IMAGES);
    JsonNode json = json(run);
    float[] images = Rows.of(run.test()).all();
    double most = 0;
    double sum = 0;
    for (int n = 0; n < IMAGES; n++) {
      double[] x = new double[784];
      for (int p = 0; p < 784; p++) {
        x[p] = images[784 * n + p];
      }
      double[] code = forward(json.at("/layers/1"), forward(json.at("/layers/0"), x, true), false);
      for (int d = 0; d < 3; d++) {
        double off = Math.abs(code[d] - run.mu()[3 * n + d]);
        most = Math.max(most, off);
        sum += off;
      }
    }
    double stated = json.get("error").asDouble();
    assertTrue(most <= stated + 1e-5 && stated < 1.1 * most + 1e-5, most + " stated as " + stated);
    assertTrue(most > 1e-4, "8 bits cannot be so good: " + most);
    assertEquals(sum / IMAGES / 3, json.get("meanError").asDouble(), 1e-5);
    assertEquals(IMAGES, json.get("errorCount").asInt());
  }

  private static double[] forward(JsonNode layer, double[] x, boolean relu) {
    byte[] steps = Base64.getDecoder().decode(layer.get("steps").asText());
    float[] zeros = floats(layer, "zeros");
    float[] scales = floats(layer, "scales");
    float[] bias = floats(layer, "bias");
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < x.length; i++) {
        sum += (zeros[o] + scales[o] * (double) (steps[o * x.length + i] & 0xff)) * x[i];
      }
      y[o] = relu ? Math.max(0, sum) : sum;
    }
    return y;
  }

  private static float[] floats(JsonNode layer, String name) {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.wrap(Base64.getDecoder().decode(layer.get(name).asText()))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void quantilesRiseAndAnAutoencoderHasNoDivergence() {
    JsonNode vae = json(EncodedRun.of(3, IMAGES));
    double[] quantiles = InBrowser.numbers(vae.get("quantiles"));
    assertEquals(101, quantiles.length);
    for (int i = 1; i < quantiles.length; i++) {
      assertTrue(quantiles[i] >= quantiles[i - 1]);
    }
    assertTrue(vae.get("samples").asBoolean());
    ObjectNode config = SmallRun.config(3);
    config.put("objective", "ae");
    JsonNode ae = json(EncodedRun.of(config, 3, IMAGES));
    assertFalse(ae.get("samples").asBoolean());
    assertTrue(ae.at("/quantiles/50").asDouble() > quantiles[50]);
  }

  @Test
  void pixelLossesAreTheLikelihoods() {
    byte[] image = {0, (byte) 128, (byte) 255};
    float[] recon = {0.25f, 0.5f, 0.9f};
    double squares = 0.25 * 0.25 + Math.pow(0.5 - 128 / 255.0, 2) + 0.1 * 0.1;
    PixelLoss mse = PixelLoss.of(Likelihood.MSE, 3, 0.5);
    assertEquals(1.5 * Math.log(Math.PI) + squares, mse.of(recon, image, 3, 0, 0), 1e-6);
    PixelLoss gaussian = PixelLoss.of(Likelihood.GAUSSIAN, 3, 0.02);
    double normal = 1.5 * Math.log(2 * Math.PI * 0.02) + squares / 0.04;
    assertEquals(normal, gaussian.of(recon, image, 3, 0, 0), 1e-5);
    PixelLoss bernoulli = PixelLoss.of(Likelihood.BERNOULLI, 3, 0.5);
    double entropy = -Math.log(0.75) - Math.log(0.5) - Math.log(0.9);
    assertEquals(entropy, bernoulli.of(recon, image, 3, 0, 0), 1e-6);
  }

  @Test
  void inkOfTheDataSetIsMeasured() {
    byte[] pixels = new byte[2 * 100];
    for (int y = 2; y < 8; y++) {
      pixels[10 * y + 4] = (byte) 255; // 6 high, about (4.5, 5)
    }
    pixels[100 + 10 * 3 + 3] = 1; // one pixel, about (3.5, 3.5)
    InkShape shape = InkShape.of(new Images(2, 10, 10, pixels));
    assertEquals(4, shape.x(), 1e-9);
    assertEquals(4.25, shape.y(), 1e-9);
    assertEquals(6, shape.box());
  }

  @Test
  void withoutAnEncoderOrCodesThereIsNothingToDrawInto() {
    assertNull(DrawingData.of(Analysis.of(SmallRun.of(2, 20))));
    RunData whole = EncodedRun.of(2, 20);
    assertNull(DrawingData.of(Analysis.of(whole.withEncoded(whole.mu(), null))));
    assertNull(DrawingData.of(Analysis.of(whole.withEncoded(null, null))));
  }
}
