package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.TestData;
import vaeocl.formats.ByteArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.formats.Safetensors;

/**
 * A thousand damaged files through the command line, on the small heap of this process: each
 * command ends with status 0, 1 or 2, and where that is not 0 with one line that a person can act
 * on.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD) // ends hangs
class MutantsCampaign {
  private static final Path RESULTS = Path.of("target", "reliability", "mutants.csv");

  /** A mistake in the program, as {@link Failure} words it, or more memory than is allowed. */
  private static final Pattern OURS =
      Pattern.compile("--verbose shows where|out of memory|\\n\\s+at |Exception in thread");

  private static final Map<String, int[]> STATUSES = new TreeMap<>();

  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    models = TrainedModels.train(temp, 2);
  }

  /** Damages {@code file} again and again, runs the commands in turn, and puts the file back. */
  private static void mutate(String kind, Path file, int mutants, Object[]... commands)
      throws IOException {
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(file.getFileName().toString().hashCode());
    int[] statuses = new int[3];
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < mutants; i++) {
      byte[] bad = Mutant.of(good, random);
      Files.write(file, bad);
      Object[] command = commands[i % commands.length];
      CommandRun.Outcome o = CommandRun.run(command);
      long lines = o.err().lines().filter(l -> !l.startsWith("Try '")).count();
      boolean known = o.status() >= 0 && o.status() < statuses.length;
      if (!known || OURS.matcher(o.err()).find() || (o.status() != Cli.OK && lines != 1)) {
        Files.createDirectories(RESULTS.getParent());
        Path kept = RESULTS.resolveSibling("mutant-" + i + "-" + file.getFileName());
        Files.write(kept, bad);
        wrong.add(kept + ": " + Arrays.toString(command) + ": " + o.status() + ": " + o.err());
      }
      if (known) {
        statuses[o.status()]++;
      }
    }
    Files.write(file, good);
    STATUSES.merge(kind, statuses, (a, b) -> new int[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
    assertEquals("", String.join("\n", wrong));
  }

  private static Path out(String name) {
    return temp.resolve(name);
  }

  @Test
  void filesOfARun() throws IOException {
    Path run = StoredRun.copy(out("stored"));
    Path digits = TestData.digitsFolder(out("stored-digits"), 300, 45);
    Object[] resume = {"train", "--resume", run, "--data", digits, "--device", "Portable"};
    Object[] report = {"report", run, "--data", digits};
    Object[] eval = {"eval", run, "--data", digits};
    for (String name : List.of("config.json", "metrics.csv")) {
      mutate("run", run.resolve(name), 80, resume, report, eval);
    }
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      mutate("run", run.resolve(name), 70, resume, report, eval);
    }
  }

  /** One with a checksum and one as from PyTorch, whose numbers may be any. */
  @Test
  void models() throws IOException {
    Path whole = models.run().resolve("model.safetensors");
    Path bare = out("bare.safetensors");
    Safetensors.write(bare, Safetensors.read(whole).tensors(), Map.of());
    for (Path file : List.of(whole, bare)) {
      mutate(
          "model",
          file,
          100,
          new Object[] {"eval", file, "--data", models.digits()},
          new Object[] {"generate", file, "--grid", 3, "--out", out("grid.png")},
          new Object[] {"export", file, "--onnx", out("net.onnx")},
          new Object[] {"reconstruct", file, "--data", models.digits(), "--out", out("pairs.npy")});
    }
  }

  @Test
  void images() throws IOException {
    Path codes = out("from-images.npy");
    Path array = out("images.npy");
    Npy.write(array, new ByteArray(new int[] {40, 28, 28}, models.test().pixels()));
    mutate("images", array, 60, new Object[] {"encode", models.run(), array, "--out", codes});
    Path picture = out("image.png");
    byte[] pixels = Arrays.copyOf(models.test().pixels(), 28 * 28);
    Png.write(picture, new GreyImage(28, 28, pixels));
    mutate("images", picture, 60, new Object[] {"encode", models.run(), picture, "--out", codes});
    Path idx = models.digits().resolve("t10k-images-idx3-ubyte");
    mutate("images", idx, 80, new Object[] {"eval", models.run(), "--data", models.digits()});
  }

  @Test
  void codes() throws IOException {
    for (String name : List.of("codes.npy", "codes.codes")) {
      Path codes = out(name);
      List<Object> encode = new ArrayList<>(List.of("encode", models.run(), "--out", codes));
      encode.addAll(name.endsWith(".npy") ? List.of() : List.of("--bits", 6));
      encode.addAll(List.of("--data", models.digits()));
      CommandRun.ok(encode.toArray());
      Object[] decode = {"decode", models.run(), codes, "--out", out("decoded.npy")};
      mutate("codes", codes, 75, decode);
    }
  }

  @Test
  void fileOfArguments() throws IOException {
    Path file = out("arguments");
    String text = "# which model\n'%s' --data \"%s\"\n --bits 2-6 --device Portable --json\n";
    Files.writeString(file, text.formatted(models.run(), models.digits()));
    mutate("arguments", file, 150, new Object[] {"eval", "@" + file});
  }

  @AfterAll
  static void print() throws IOException {
    List<String> lines = new ArrayList<>(List.of("mutants,status 0,status 1,status 2"));
    STATUSES.forEach((kind, n) -> lines.add(kind + "," + n[0] + "," + n[1] + "," + n[2]));
    lines.forEach(line -> System.out.println(line.replace(",", " | ")));
    Files.write(Files.createDirectories(RESULTS.getParent()).resolve(RESULTS.getFileName()), lines);
  }
}
