package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;

/** {@code train --tensorboard}. */
class TensorBoardTest {
  private static final int TEST_IMAGES = 40;
  private static final int LATENT = 3;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path plain;
  private static Path logged;

  @BeforeAll
  static void train() throws IOException {
    Object[] options = {"--hidden", 30, "--latent", LATENT, "--batch-size", 64, "--no-report"};
    training = SmallTraining.of(temp.resolve("digits"), 300, TEST_IMAGES, options);
    plain = temp.resolve("plain");
    training.ok(plain, 3);
    logged = temp.resolve("logged");
    training.ok(logged, 3, "--tensorboard");
  }

  private static void resume(Path folder, int epochs) {
    CommandRun.ok("train", "--resume", folder, "--epochs", epochs, "--no-report");
  }

  /** Each epoch's cells by column, as in metrics.csv. */
  private static List<List<String>> cells(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .map(line -> List.of(line.split(",", -1)))
        .toList();
  }

  private static void assertLinesAreTheMetrics(Path folder) throws IOException {
    List<List<String>> rows = cells(folder);
    List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertEquals(rows.size() - 1, lines.size());
    for (int r = 1; r < rows.size(); r++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(r - 1));
      assertEquals(rows.get(0).size(), line.size());
      for (int c = 0; c < line.size(); c++) {
        JsonNode value = line.path(rows.get(0).get(c));
        String cell = rows.get(r).get(c);
        assertEquals(cell.isEmpty(), value.isNull(), cell);
        if (!cell.isEmpty()) {
          assertEquals(Double.parseDouble(cell), value.asDouble());
        }
      }
    }
  }

  @Test
  void theTrainingIsTheSameToTheBit() throws IOException {
    SmallTraining.assertSame(plain, logged, "without --tensorboard");
    assertEquals(List.of(), Events.files(plain));
    assertTrue(Files.notExists(plain.resolve("metrics.jsonl")));
  }

  @Test
  void scalarsHaveTheNamesAndValuesOfTheMetrics() throws IOException {
    Map<Long, Map<String, Object>> shown = Events.shown(Events.files(logged).get(0));
    assertEquals(Set.of(1L, 2L, 3L), shown.keySet());
    List<List<String>> rows = cells(logged);
    for (int c = 1; c < rows.get(0).size(); c++) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        String cell = rows.get(epoch).get(c);
        Object value = shown.get((long) epoch).get(rows.get(0).get(c));
        assertEquals(cell.isEmpty() ? null : Float.valueOf(cell), value, rows.get(0).get(c));
      }
    }
    assertLinesAreTheMetrics(logged);
  }

  @Test
  @SuppressWarnings("unchecked")
  void histogramsAndPicturesAreTheModels() throws IOException {
    Map<String, Object> last = Events.shown(Events.files(logged).get(0)).get(3L);
    Path codes = temp.resolve("codes.npy");
    CommandRun.ok("encode", logged, "--device", "Portable", "--out", codes);
    float[] all = TrainedModels.floats(codes, TEST_IMAGES, 2, LATENT);
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < TEST_IMAGES * LATENT; i++) {
      float mu = all[i / LATENT * 2 * LATENT + i % LATENT];
      least = Math.min(least, mu);
      sum += mu;
    }
    Map<Integer, List<Object>> mu = (Map<Integer, List<Object>>) last.get("mu");
    assertEquals(least, (Double) Events.one(mu, 1), 1e-5);
    assertEquals(TEST_IMAGES * LATENT, (Double) Events.one(mu, 3));
    assertEquals(sum, (Double) Events.one(mu, 4), 1e-3);
    assertEquals(TEST_IMAGES * LATENT, total((ByteString) Events.one(mu, 7)));
    assertTrue(last.containsKey("logvar"));

    Map<Integer, List<Object>> pairs = (Map<Integer, List<Object>>) last.get("reconstructions");
    Path png = temp.resolve("pairs.png");
    Files.write(png, ((ByteString) Events.one(pairs, 4)).toByteArray());
    GreyImage image = Png.read(png);
    assertEquals((Long) Events.one(pairs, 1), image.rows());
    assertEquals(10 * 28 + 9 * 2, image.cols());
    Path own = temp.resolve("own.png");
    CommandRun.ok("reconstruct", logged, "--device", "Portable", "--count", 10, "--out", own);
    assertArrayEquals(Png.read(own).pixels(), image.pixels());
    Map<Integer, List<Object>> grid = (Map<Integer, List<Object>>) last.get("manifold");
    assertEquals(20 * 28L, Events.one(grid, 2));
  }

  private static double total(ByteString packed) {
    ByteBuffer doubles = packed.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double total = 0;
    while (doubles.hasRemaining()) {
      total += doubles.getDouble();
    }
    return total;
  }

  @Test
  void aRunThatGoesOnBeginsANewFile() throws IOException {
    Path folder = temp.resolve("longer");
    training.ok(folder, 1, "--tensorboard");
    Path early = temp.resolve("early.safetensors");
    Files.copy(folder.resolve("checkpoint.safetensors"), early);
    resume(folder, 3);
    List<Path> files = Events.files(folder);
    assertEquals(2, files.size());
    assertEquals(Set.of(1L), Events.shown(files.get(0)).keySet());
    assertEquals(Set.of(2L, 3L), Events.shown(files.get(1)).keySet());
    Map<Integer, List<Object>> start = Events.fields(Events.records(files.get(1)).get(1));
    assertEquals(2L, Events.one(start, 2));
    assertEquals(1L, Events.one(Events.inner(Events.one(start, 7)), 1));
    assertLinesAreTheMetrics(folder);

    Files.copy(
        early, folder.resolve("checkpoint.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    Outcome o = CommandRun.run("train", "--resume", folder, "--epochs", 2, "--no-report");
    assertEquals(0, o.status(), o.err()); // it warns of config.json, which is of the later run
    assertLinesAreTheMetrics(folder);
    assertEquals(2, Files.readAllLines(folder.resolve("metrics.jsonl")).size());
    assertEquals(Set.of(2L), Events.shown(Events.files(folder).get(2)).keySet());
  }

  @Test
  void halfARecordOfAKilledRunHidesNothing() throws IOException {
    Path folder = temp.resolve("killed");
    training.ok(folder, 2, "--tensorboard");
    Path file = Events.files(folder).get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int lost : new int[] {1, 3, 40, bytes.length / 3}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - lost));
      assertEquals(Set.of(1L), Events.shown(file).keySet(), "without " + lost + " bytes");
    }
    resume(folder, 3);
    assertEquals(bytes.length - bytes.length / 3, Files.size(file), "stays as it was");
    assertEquals(Set.of(3L), Events.shown(Events.files(folder).get(1)).keySet());
  }

  @Test
  void aTrainingGoesOnWhereNothingCanBeWritten() throws IOException {
    Path folder = temp.resolve("unwritable");
    Files.createDirectories(folder.resolve("metrics.jsonl").resolve("x"));
    Outcome o = training.run(folder, 3, "--tensorboard");
    assertEquals(0, o.status(), o.err());
    assertEquals(1, o.err().lines().count(), o.err());
    assertTrue(o.err().contains("nothing more for TensorBoard"), o.err());
    SmallTraining.assertSame(plain, folder, "without --tensorboard");
  }

  @Test
  void sweepsPassItOn() throws IOException {
    Path folder = temp.resolve("sweep");
    List<Object> words = new ArrayList<>(List.of("sweep", "--data", training.digits()));
    words.addAll(List.of("--device", "Portable", "--epochs", 1, "--seed", "1,2"));
    words.addAll(List.of("--hidden", 20, "--tensorboard", "--out", folder));
    assertEquals(0, CommandRun.run(words.toArray()).status());
    for (String run : List.of("seed-1", "seed-2")) {
      assertEquals(1, Events.files(folder.resolve(run)).size(), run);
      assertLinesAreTheMetrics(folder.resolve(run));
    }
  }

  /** Somebody else's reader of the wire format. */
  @Test
  void protocFindsTagsAndValues() throws Exception {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "protoc")));
    assumeTrue(there, "missing: protoc (Debian's protobuf-compiler)");
    List<byte[]> records = Events.records(Events.files(logged).get(0));
    Path event = temp.resolve("event");
    Path text = temp.resolve("event.txt");
    Files.write(event, records.get(records.size() - 1));
    Process protoc =
        new ProcessBuilder("protoc", "--decode_raw")
            .redirectInput(event.toFile())
            .redirectOutput(text.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals(0, protoc.waitFor());
    String said = Files.readString(text, StandardCharsets.ISO_8859_1);
    assertTrue(said.contains("\n2: 3\n"), said);
    int mse = cells(logged).get(0).indexOf("mse");
    int bits = Float.floatToIntBits(Float.parseFloat(cells(logged).get(3).get(mse)));
    assertTrue(said.contains("    1: \"mse\"\n    2: 0x%08x\n".formatted(bits)), said);
    for (String tag : List.of("loss", "psnr_mean", "mu", "logvar", "reconstructions", "manifold")) {
      assertTrue(said.contains("1: \"" + tag + "\"\n"), tag);
    }
  }
}
