package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.data.Summary;
import vaeocl.formats.Png;
import vaeocl.formats.Sheet;

/** {@code vae-ocl dataset}: what a training with these options would see. */
@Command(
    name = "dataset",
    description = {
      "Describe the images that a training with the same options would use: their number, size,"
          + " range and density (mean grey), classes and checksums; with --out, a sheet of the first"
          + " ones."
    },
    sortOptions = false)
final class DatasetCommand implements Callable<Integer> {
  private static final int SHOWN = 100;
  private static final int COLUMNS = 10;
  private static final int GREY = 128;

  @Spec private CommandSpec spec;
  @Mixin private InvertibleData data;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Draw the first 100 training images, ten in a row.")
  private Path out;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      if (!OutOption.has(out, ".png")) {
        throw new UserError("--out takes a name that ends in .png, not " + out);
      }
      OutputFile.requireReplaceable("--out", out);
    }
    Dataset found = data.load(spec.commandLine().getErr());
    List<String> lines = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    describe(found, lines, values);
    if (out != null) {
      draw(found.train());
      lines.add("Sheet: " + out);
      values.put("sheet", out.toString());
    }
    json.print(spec.commandLine().getOut(), lines, values);
    return Cli.OK;
  }

  private static void describe(Dataset found, List<String> lines, Map<String, Object> values) {
    Images train = found.train();
    String size = train.rows() + "x" + train.cols();
    values.put("dataset", found.name());
    values.put("source", found.source());
    values.put("height", train.rows());
    values.put("width", train.cols());
    lines.add("Data: " + found.name() + " (" + found.source() + ")");
    lines.add("Size: " + size + ", " + train.size() + " pixels");
    String read =
        found.reading().options().entrySet().stream()
            .map(o -> "--" + o.getKey() + (o.getValue().equals("true") ? "" : " " + o.getValue()))
            .collect(Collectors.joining(" "));
    if (!read.isEmpty()) {
      lines.add("Read with: " + read);
    }
    values.put("read_with", read);
    part("train", Summary.of(train, found.trainLabels()), lines, values);
    part("test", Summary.of(found.test(), found.testLabels()), lines, values);
    lines.add("SHA-256 of the images: " + found.checksums().images());
    boolean labelled = !found.checksums().labels().isEmpty();
    lines.add("SHA-256 of the labels: " + (labelled ? found.checksums().labels() : "no labels"));
    values.put("images_sha256", found.checksums().images());
    values.put("labels_sha256", labelled ? found.checksums().labels() : null);
    values.put("sha256", found.checksums().all());
  }

  private static void part(String part, Summary s, List<String> lines, Map<String, Object> values) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d images, grey levels %d to %d, density %.4f",
            part.equals("train") ? "Training" : "Test",
            s.count(),
            s.least(),
            s.greatest(),
            s.density()));
    String classes =
        s.classes().entrySet().stream()
            .map(c -> c.getKey() + " (" + c.getValue() + ")")
            .collect(Collectors.joining(", "));
    lines.add("  classes: " + (classes.isEmpty() ? "no labels" : classes));
    values.put(part + "_images", s.count());
    values.put(part + "_least", s.least());
    values.put(part + "_greatest", s.greatest());
    values.put(part + "_density", s.density());
    values.put(part + "_classes", s.classes().size());
  }

  private void draw(Images images) throws IOException {
    Sheet sheet = Sheet.even(images.rows(), images.cols(), COLUMNS, 1, GREY);
    int size = images.size();
    Png.write(
        out,
        sheet.of(
            Math.min(SHOWN, images.count()),
            i -> Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size)));
  }
}
