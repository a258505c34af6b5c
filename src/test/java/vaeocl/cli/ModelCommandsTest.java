package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.data.IdxFolder;
import vaeocl.data.Images;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.formats.Safetensors;
import vaeocl.model.Codec;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.reference.HostBackend;

/** eval, encode, decode, reconstruct, generate and export on a small trained model. */
class ModelCommandsTest {
  private static final int TEST_IMAGES = 40;
  private static final int EPOCHS = 40;

  @TempDir static Path temp;
  private static Path digits;
  private static Path run;
  private static Path wide;
  private static Images test;

  @BeforeAll
  static void train() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    digits = TestData.digitsFolder(temp.resolve("digits"), 300, TEST_IMAGES);
    test = IdxFolder.read(digits).test();
    run = temp.resolve("run");
    wide = temp.resolve("wide");
    for (Path folder : List.of(run, wide)) {
      ok(
          "train",
          "--data",
          digits,
          "--out",
          folder,
          "--epochs",
          EPOCHS,
          "--hidden",
          30,
          "--seed",
          4,
          "--latent",
          folder.equals(run) ? 2 : 5,
          "--batch-size",
          32,
          "--device",
          "Portable");
    }
  }

  private static Outcome command(Object... args) {
    return CommandRun.run(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
  }

  private static String ok(Object... args) {
    Outcome o = command(args);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    return o.out();
  }

  private static JsonNode json(Object... args) throws IOException {
    List<Object> all = new ArrayList<>(List.of(args));
    all.add("--json");
    String out = ok(all.toArray());
    assertEquals(1, out.strip().lines().count(), out);
    JsonNode node = new ObjectMapper().readTree(out);
    node.forEach(value -> assertTrue(value.isValueNode(), out));
    return node;
  }

  private static Path out(String name) {
    return temp.resolve(name);
  }

  private static float[] floats(Path file, int... shape) throws IOException {
    FloatArray array = Npy.readFloats(file);
    assertArrayEquals(shape, array.shape());
    return array.values();
  }

  @Test
  void evalGivesTheLastEpochAgainDigitForDigit() throws IOException {
    for (Path folder : List.of(run, wide)) {
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
    Safetensors model = Safetensors.read(wide.resolve("model.safetensors"));
    Path bare = out("bare.safetensors");
    Safetensors.write(bare, model.tensors(), Map.of());
    JsonNode of = json("eval", bare, "--data", digits, "--seed", 4);
    JsonNode as = json("eval", wide);
    for (String key : List.of("mse", "psnr", "ssim", "kl", "elbo")) {
      assertEquals(as.get(key), of.get(key), key);
    }
    JsonNode other = json("eval", bare, "--data", digits, "--seed", 5);
    assertFalse(as.get("mse").equals(other.get("mse")), "another seed is other noise");
    assertEquals(as.get("mse_mean"), other.get("mse_mean"));
  }

  @Test
  void aCheckpointIsAModelToo() throws IOException {
    JsonNode of = json("eval", wide.resolve("checkpoint.safetensors"), "--data", digits);
    JsonNode as = json("eval", wide);
    for (String key : List.of("mse", "psnr", "ssim", "kl", "elbo")) {
      assertEquals(as.get(key), of.get(key), key);
    }
    ok("encode", wide, "--bits", 8, "--out", out("of-run.codes"));
    Path decoded = out("of-checkpoint.npy");
    ok("decode", wide.resolve("checkpoint.safetensors"), out("of-run.codes"), "--out", decoded);
    floats(decoded, TEST_IMAGES, 28, 28);
  }

  @Test
  void encodeAndDecodeAreReconstructToTheBit() throws IOException {
    for (Path folder : List.of(run, wide)) {
      Path codes = out(folder.getFileName() + "-codes.npy");
      Path decoded = out(folder.getFileName() + "-decoded.npy");
      Path whole = out(folder.getFileName() + "-whole.npy");
      ok("encode", folder, "--out", codes);
      ok("decode", folder, codes, "--out", decoded);
      ok("reconstruct", folder, "--out", whole);
      assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(decoded));
      floats(whole, TEST_IMAGES, 28, 28);
    }
  }

  @Test
  void theCodesAreTheReferences() throws IOException {
    Path file = out("reference-codes.npy");
    ok("encode", wide, "--out", file);
    float[] codes = floats(file, TEST_IMAGES, 2, 5);
    SavedModel model = SavedModel.read(wide.resolve("model.safetensors"));
    try (Codec codec = new Codec(new HostBackend(), model)) {
      float[] expected = codec.encode(Rows.of(test));
      assertArrayEquals(expected, codes, 1e-5f);
      Path images = out("reference-images.npy");
      ok("reconstruct", wide, "--z", "sampled", "--out", images);
      float[] z = codec.sample(expected);
      assertArrayEquals(codec.decode(Rows.of(z, 5)), floats(images, TEST_IMAGES, 28, 28), 1e-5f);
    }
  }

  @Test
  void sampledReconstructionsAreThoseOfEvaluation() throws IOException {
    Path file = out("sampled.npy");
    ok("reconstruct", run, "--z", "sampled", "--out", file);
    float[] recon = floats(file, TEST_IMAGES, 28, 28);
    double sum = 0;
    for (int i = 0; i < recon.length; i++) {
      sum += Math.pow(recon[i] - (test.pixels()[i] & 0xff) / 255.0, 2);
    }
    assertEquals(json("eval", run).get("mse").asDouble(), sum / recon.length, 1e-7);
  }

  @Test
  void imagesComeFromArraysAndPicturesAlike() throws IOException {
    Path bytes = out("images-u8.npy");
    Npy.write(bytes, new ByteArray(new int[] {TEST_IMAGES, 28, 28}, test.pixels()));
    Path floats = out("images-f4.npy");
    Npy.write(floats, new FloatArray(new int[] {TEST_IMAGES, 784}, Rows.of(test).all()));
    ok("encode", run, "--out", out("from-test.npy"));
    ok("encode", run, bytes, "--out", out("from-u8.npy"));
    ok("encode", run, floats, "--out", out("from-f4.npy"));
    byte[] expected = Files.readAllBytes(out("from-test.npy"));
    assertArrayEquals(expected, Files.readAllBytes(out("from-u8.npy")));
    assertArrayEquals(expected, Files.readAllBytes(out("from-f4.npy")));

    List<Object> args = new ArrayList<>(List.of("encode", run, "--out", out("from-png.npy")));
    for (int i = 0; i < 3; i++) {
      Path png = out("image-" + i + ".png");
      Png.write(
          png, new GreyImage(28, 28, Arrays.copyOfRange(test.pixels(), i * 784, i * 784 + 784)));
      args.add(png);
    }
    ok(args.toArray());
    ok("encode", run, "--count", 3, "--out", out("from-three.npy"));
    assertArrayEquals(
        Files.readAllBytes(out("from-three.npy")), Files.readAllBytes(out("from-png.npy")));
  }

  @Test
  void quantisedCodesAreSmallAndDecodeNearby() throws IOException {
    ok("reconstruct", run, "--out", out("exact.npy"));
    float[] exact = floats(out("exact.npy"), TEST_IMAGES, 28, 28);
    double before = Double.MAX_VALUE;
    for (int bits : new int[] {2, 5, 12, 16}) {
      Path codes = out("q" + bits + ".codes");
      JsonNode told = json("encode", run, "--bits", bits, "--out", codes);
      assertEquals(Files.size(codes), told.get("bytes").asLong());
      assertTrue(Files.size(codes) <= 60 + (2L * bits * TEST_IMAGES + 7) / 8, codes.toString());
      Path decoded = out("q" + bits + ".npy");
      ok("decode", run, codes, "--out", decoded);
      float[] recon = floats(decoded, TEST_IMAGES, 28, 28);
      double error = 0;
      for (int i = 0; i < recon.length; i++) {
        error += Math.pow(recon[i] - exact[i], 2) / TEST_IMAGES;
      }
      assertTrue(error < before, bits + " bits: " + error + " after " + before);
      before = error;
    }
    assertTrue(before < 1e-4, "16 bits are nearly exact: " + before);
    Outcome other = command("decode", wide, out("q5.codes"), "--out", out("never.npy"));
    assertRefused(other, "codes of another model");
  }

  @Test
  void moreBitsKeepMore() throws IOException {
    JsonNode found = json("eval", run, "--bits", "2-16");
    assertEquals(4, found.get("bits_per_image_2").asInt());
    double mean = found.get("psnr_mean").asDouble();
    assertEquals(mean, found.get("psnr_bits_16").asDouble(), 1e-3);
    assertTrue(found.get("psnr_bits_2").asDouble() < mean + 1e-3, "2 bits: " + found);
    assertTrue(found.get("psnr_pca_2").asDouble() < found.get("psnr_pca_8").asDouble());
    JsonNode one = json("eval", run, "--bits", "8");
    assertEquals(found.get("psnr_bits_8"), one.get("psnr_bits"));
  }

  @Test
  void generatedImagesAreDecodedPoints() throws IOException {
    Path grid = out("grid.npy");
    ok("generate", run, "--grid", 3, "--out", grid);
    float[] images = floats(grid, 9, 28, 28);
    Path centre = out("centre.npy");
    Npy.write(centre, new FloatArray(new int[] {1, 2}, new float[2]));
    ok("decode", run, centre, "--out", out("centre-image.npy"));
    float[] middle = floats(out("centre-image.npy"), 1, 28, 28);
    assertArrayEquals(middle, Arrays.copyOfRange(images, 4 * 784, 5 * 784), 1e-6f);

    ok("generate", wide, "--count", 7, "--out", out("prior.npy"));
    ok("generate", wide, "--count", 7, "--out", out("prior-again.npy"));
    ok("generate", wide, "--count", 7, "--seed", 5, "--out", out("prior-other.npy"));
    assertArrayEquals(
        floats(out("prior.npy"), 7, 28, 28), floats(out("prior-again.npy"), 7, 28, 28));
    assertFalse(
        Arrays.equals(
            floats(out("prior.npy"), 7, 28, 28), floats(out("prior-other.npy"), 7, 28, 28)));

    ok("generate", wide, "--between", "3,5", "--steps", 4, "--out", out("between.npy"));
    float[] between = floats(out("between.npy"), 4, 28, 28);
    ok("reconstruct", wide, "--out", out("ends.npy"));
    float[] ends = floats(out("ends.npy"), TEST_IMAGES, 28, 28);
    assertArrayEquals(Arrays.copyOfRange(ends, 3 * 784, 4 * 784), Arrays.copyOf(between, 784));
    assertArrayEquals(
        Arrays.copyOfRange(ends, 5 * 784, 6 * 784), Arrays.copyOfRange(between, 3 * 784, 4 * 784));
  }

  @Test
  void sheetsShowWhatTheArraysHold() throws IOException {
    ok("reconstruct", run, "--count", 12, "--out", out("pairs.png"));
    GreyImage sheet = Png.read(out("pairs.png"));
    // 10 columns; two blocks of images over reconstructions; gaps of 2 pixels.
    assertEquals(4 * 28 + 3 * 2, sheet.rows());
    assertEquals(10 * 28 + 9 * 2, sheet.cols());
    for (int r = 0; r < 28; r++) {
      for (int c = 0; c < 28; c++) {
        assertEquals(test.pixels()[r * 28 + c], sheet.pixels()[r * sheet.cols() + c]);
      }
    }
    ok("generate", run, "--grid", 4, "--out", out("grid.png"));
    assertEquals(4 * 28 + 3 * 2, Png.read(out("grid.png")).rows());
  }

  @Test
  void theExportedNetIsTheSameElsewhere() throws Exception {
    ok("export", wide, "--onnx", out("net.onnx"));
    ok("encode", wide, "--out", out("own-codes.npy"));
    ok("reconstruct", wide, "--out", out("own-images.npy"));
    float[] codes = floats(out("own-codes.npy"), TEST_IMAGES, 2, 5);
    float[] images = floats(out("own-images.npy"), TEST_IMAGES, 28, 28);
    float[][] x = rows(Rows.of(test).all(), 784);
    OrtEnvironment env = OrtEnvironment.getEnvironment();
    try (OrtSession encoder = env.createSession(out("net-encoder.onnx").toString());
        OrtSession decoder = env.createSession(out("net-decoder.onnx").toString());
        OnnxTensor input = OnnxTensor.createTensor(env, x);
        OrtSession.Result code = encoder.run(Map.of("image", input))) {
      float[][] mu = (float[][]) code.get("mu").orElseThrow().getValue();
      float[][] logvar = (float[][]) code.get("logvar").orElseThrow().getValue();
      for (int i = 0; i < TEST_IMAGES; i++) {
        assertArrayEquals(Arrays.copyOfRange(codes, i * 10, i * 10 + 5), mu[i], 1e-5f);
        assertArrayEquals(Arrays.copyOfRange(codes, i * 10 + 5, i * 10 + 10), logvar[i], 1e-5f);
      }
      try (OnnxTensor z = OnnxTensor.createTensor(env, mu);
          OrtSession.Result image = decoder.run(Map.of("z", z))) {
        float[][] recon = (float[][]) image.get("image").orElseThrow().getValue();
        for (int i = 0; i < TEST_IMAGES; i++) {
          assertArrayEquals(Arrays.copyOfRange(images, i * 784, i * 784 + 784), recon[i], 1e-5f);
        }
      }
    }
  }

  private static float[][] rows(float[] values, int width) {
    float[][] rows = new float[values.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static void assertRefused(Outcome o, String part) {
    assertEquals(Cli.USER_ERROR, o.status(), o.err());
    assertEquals("", o.out());
    long lines = o.err().strip().lines().filter(l -> !l.startsWith("Try '")).count();
    assertEquals(1, lines, o.err());
    assertTrue(o.err().startsWith("vae-ocl: ") && o.err().contains(part), o.err());
  }

  @ParameterizedTest
  @CsvSource({
    "eval NOWHERE, no such file",
    "eval DIGITS, holds no run",
    "eval RUN --bits 1, must be 2 to 16",
    "eval RUN --bits 9-4, the smaller number comes first",
    "eval RUN --bits many, takes a number or a range",
    "eval RUN --dataset digits --data DIGITS, leave out --data",
    "encode RUN --out TEMP/x.png, has to end in .npy",
    "encode RUN --bits 17 --out TEMP/x.codes, must be 2 to 16",
    "encode RUN --count 41 --out TEMP/x.npy, only 40 images",
    "encode RUN --count 0 --out TEMP/x.npy, at least 1",
    "encode RUN TEMP/text.npy --out TEMP/x.npy, text.npy",
    "encode RUN TEMP/text.png --out TEMP/x.npy, text.png",
    "encode RUN TEMP/text.txt --out TEMP/x.npy, .npy and .png",
    "encode RUN TEMP/pixels-255.npy --out TEMP/x.npy, divide bytes by 255",
    "encode RUN TEMP/small.npy --out TEMP/x.npy, '(N, 28, 28)'",
    "encode RUN TEMP/small.png --out TEMP/x.npy, scale it first",
    "encode RUN TEMP/small.npy --part train --out TEMP/x.npy, not both",
    "encode RUN --out TEMP/no/such/x.npy, there is no folder",
    "decode RUN TEMP/small.npy --out TEMP/x.npy, codes for this model",
    "decode RUN TEMP/text.codes --out TEMP/x.npy, not a file of codes",
    "decode RUN, CODES",
    "reconstruct RUN --z most --out TEMP/x.npy, most",
    "reconstruct RUN --out TEMP/x.gif, .npy or .png",
    "generate WIDE --grid 4 --out TEMP/x.png, needs a model with 2",
    "generate RUN --grid 0 --out TEMP/x.png, at least 1",
    "generate RUN --grid 3 --count 3 --out TEMP/x.png, mutually exclusive",
    "generate RUN --between 1 --out TEMP/x.png, takes two numbers",
    "'generate RUN --between 1,40 --out TEMP/x.png', 0 to 39",
    "'generate RUN --between 1,2 --steps 1 --out TEMP/x.png', at least 2",
    "generate RUN --count 10001 --out TEMP/x.png, at most 10000",
    "generate RUN --count 2000000000 --out TEMP/x.npy, at most 100000",
    "'generate RUN --between 1,2 --steps 2000000000 --out TEMP/x.npy', at most 100000",
    "export RUN, --onnx",
    "export RUN --onnx TEMP/no/such/x.onnx, folder",
  })
  void mistakesGetOneLine(String line, String part) throws IOException {
    Files.writeString(out("text.npy"), "text");
    Files.writeString(out("text.png"), "text");
    Files.writeString(out("text.txt"), "text");
    Files.writeString(out("text.codes"), "text");
    float[] ones = new float[784];
    Arrays.fill(ones, 255);
    Npy.write(out("pixels-255.npy"), new FloatArray(new int[] {1, 28, 28}, ones));
    Npy.write(out("small.npy"), new FloatArray(new int[] {1, 9}, new float[9]));
    Png.write(out("small.png"), new GreyImage(3, 3, new byte[9]));
    Object[] args =
        Arrays.stream(line.split(" "))
            .map(
                a ->
                    a.replace("RUN", run.toString())
                        .replace("WIDE", wide.toString())
                        .replace("DIGITS", digits.toString())
                        .replace("NOWHERE", out("nowhere").toString())
                        .replace("TEMP", temp.toString()))
            .toArray();
    assertRefused(command(args), part);
    assertFalse(Files.exists(out("x.npy")) || Files.exists(out("x.png")), "nothing is written");
  }
}
