package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.CommandRun.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;

/** Prepared experiments as a user has them. */
class LabCommandTest {
  private static final Pattern CARD =
      Pattern.compile("<article class=\"card\" data-active=\"(\\d+)\">(.*?)</article>", 0x20);

  @TempDir static Path temp;
  private static Path digits;
  private static Path folder;
  private static String said;
  private static String html;

  /** A lab of few images and epochs. */
  private static Object[] lab(String name, Path out, Object... more) {
    Object[] words = {"lab", name, "--data", digits, "--out", out, "--device", "Portable"};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @BeforeAll
  static void collapse() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    String mnist = System.getProperty("vaeocl.mnist", "");
    digits = mnist.isEmpty() ? TestData.digitsFolder(temp.resolve("d"), 4000, 300) : Path.of(mnist);
    folder = temp.resolve("collapse");
    int epochs = mnist.isEmpty() ? 4 : 1;
    said = ok(lab("collapse", folder, "--epochs", epochs, "--no-self-test"));
    html = Files.readString(folder.resolve("collapse.html"));
  }

  /** The figures that the page has of every net: in use, rate, distortion. */
  private static List<double[]> rows() {
    Pattern row =
        Pattern.compile("<tr><th scope=\"row\">[\\d.]+</th><td>(\\d+) of 8</td><td>([\\d.]+)</td>");
    return row.matcher(html)
        .results()
        .map(r -> new double[] {Integer.parseInt(r.group(1)), Double.parseDouble(r.group(2))})
        .toList();
  }

  @Test
  void rateFallsAndDimensionsDoNotComeBackAsBetaRises() {
    List<double[]> rows = rows();
    assertEquals(7, rows.size());
    for (int i = 1; i < rows.size(); i++) {
      boolean falls = rows.get(i)[1] < rows.get(i - 1)[1];
      boolean nothing = rows.get(i)[1] < 0.05; // of which there is no less but noise
      assertTrue(falls || nothing, "rate " + i + ": " + said);
      assertTrue(rows.get(i)[0] <= rows.get(i - 1)[0], "in use " + i + ": " + said);
    }
    assertTrue(rows.get(0)[0] > 5, said);
    assertTrue(rows.get(6)[0] < 8, said);
  }

  @Test
  void theWarningStandsExactlyWhereDimensionsAreInactive() {
    List<MatchResult> cards = CARD.matcher(html).results().toList();
    assertEquals(7, cards.size());
    for (MatchResult card : cards) {
      int active = Integer.parseInt(card.group(1));
      String warning = 8 - active + " of 8 dimensions are";
      assertEquals(active < 8, card.group(2).contains(warning), card.group(1));
      assertEquals(active < 8, card.group(2).contains("posterior collapse"), card.group(1));
      int dashed = card.group(2).split("class=\"off\"", -1).length - 1;
      assertEquals(8 - active, dashed);
    }
  }

  /** All that is said is a number; scripts, which come later, have words for others. */
  private static void assertFigures(String page) {
    String body = page.substring(page.indexOf("<body"), page.indexOf("<noscript>"));
    String text = body.replaceAll("base64,[^\"]*", "");
    assertFalse(text.contains("NaN") || text.contains("Infinity"), "a figure is none");
  }

  @Test
  void theSentencesHaveTheReadersFigures() {
    List<double[]> rows = rows();
    assertTrue(html.contains("<b>" + String.format("%.2f", rows.get(6)[1]) + " nats</b>"), said);
    assertFigures(html);
  }

  @Test
  void whatIsFinishedIsNotDoneAgain() throws IOException {
    Path model = folder.resolve("beta-5").resolve("model.safetensors");
    Object before = Files.getLastModifiedTime(model);
    Files.delete(folder.resolve("collapse.html"));
    String epochs =
        Files.readString(folder.resolve("plan.tsv")).replaceFirst("(?s).*--epochs=(\\d+).*", "$1");
    String again = ok(lab("collapse", folder, "--epochs", epochs, "--no-self-test"));
    assertTrue(again.contains("Finished already: 7 of 7"), again);
    assertEquals(before, Files.getLastModifiedTime(model));
    assertEquals(html, Files.readString(folder.resolve("collapse.html")));
    assertRefused(run(lab("collapse", folder, "--seed", 2)), "with other options");
  }

  @Test
  void anInterruptedLabGoesOnToTheSameModels() throws Exception {
    Path small = TestData.digitsFolder(temp.resolve("small"), 1000, 60);
    Path out = temp.resolve("stopped");
    String[] words = {
      "lab",
      "collapse",
      "--data",
      small.toString(),
      "--out",
      out.toString(),
      "--device",
      "Portable",
      "--epochs",
      "3",
      "--no-self-test"
    };
    Process process = ChildJvm.start(Map.of(), List.of(), words);
    StringBuilder printed = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.append(line).append('\n');
      if (line.startsWith("[2/7]")) {
        ChildJvm.signal(process, "TERM"); // a shell in the background has INT ignored
      }
    }
    assertEquals(143, process.waitFor(), printed.toString());
    assertTrue(printed.toString().contains("Go on with: "), printed.toString());
    assertTrue(printed.toString().contains(" lab collapse --data "), printed.toString());
    assertFalse(Files.exists(out.resolve("collapse.html")));
    List<String> betas = List.of("0.1", "0.5", "1", "2", "5", "10", "20");
    String begun =
        betas.stream()
            .filter(b -> Files.exists(out.resolve("beta-" + b).resolve("checkpoint.safetensors")))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    String again = ok((Object[]) words);
    assertTrue(again.contains("Finished already: "), again);
    assertTrue(Files.exists(out.resolve("collapse.html")));
    Path alone = temp.resolve("alone");
    words[0] = "train";
    words[1] = "--beta=" + begun;
    words[5] = alone.toString();
    List<Object> training = new ArrayList<>(Arrays.asList((Object[]) words));
    training.addAll(List.of("--latent", 8, "--no-report"));
    run(training.toArray());
    SmallTraining.assertSame(alone, out.resolve("beta-" + begun), "alone and interrupted");
  }

  @Test
  void threeMapsAreJudged() throws IOException {
    Path out = temp.resolve("maps");
    Path few = TestData.digitsFolder(temp.resolve("few"), 2000, 200);
    Object[] words = lab("ae-vae-pca", out, "--epochs", 4, "--no-self-test");
    words[3] = few;
    String lines = ok(words);
    for (String way : List.of("autoencoder", "VAE", "PCA")) {
      assertTrue(lines.contains("\n" + way + " "), lines);
    }
    String maps = Files.readString(out.resolve("ae-vae-pca.html"));
    assertEquals(4, maps.split("class=\"way\"", -1).length);
    assertFigures(maps);
    double[] mse =
        Pattern.compile("(?m)^(?:autoencoder|VAE|PCA) +([\\d.]+)")
            .matcher(lines)
            .results()
            .mapToDouble(r -> Double.parseDouble(r.group(1)))
            .toArray();
    assertEquals(3, mse.length, lines);
    assertTrue(Arrays.stream(mse).allMatch(e -> e > 0 && e < 0.1), lines);
  }

  @Test
  void mistakesAreALineEach() {
    assertTrue(ok("lab").contains("collapse") && ok("lab").contains("ae-vae-pca"));
    assertRefused(run("lab", "colapse"), "did you mean collapse?");
    assertRefused(run("lab", "x"), "there are: collapse, ae-vae-pca");
    assertRefused(run("lab", "--seed", 1), "which lab?");
    assertRefused(run("lab", "collapse", "--epochs", 0, "--out", temp.resolve("no")), "--epochs");
    assertRefused(run("lab", "collapse", "--beta", 3), "unknown option '--beta'");
    assertRefused(
        run("lab", "collapse", "--seed", "1-3", "--out", temp.resolve("no")), "one value");
    assertFalse(Files.exists(temp.resolve("no")));
  }
}
