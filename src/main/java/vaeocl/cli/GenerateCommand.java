package vaeocl.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Model;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.Codec;
import vaeocl.model.LatentPoints;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** {@code vae-ocl generate}: images that nobody drew. */
@Command(
    name = "generate",
    description = {
      "Generate images from points of the latent space: from the prior, over a grid, or between two"
          + " test images; float32 [N, height, width] in an .npy file, or a sheet in a .png file."
    },
    sortOptions = false)
final class GenerateCommand implements Callable<Integer> {
  private static final int COUNT = 100;
  private static final int LARGEST_GRID = 200;
  private static final int MOST = 100_000;

  /** Where the points come from. */
  private static final class Source {
    @Option(
        names = "--count",
        paramLabel = "N",
        description = "N images from the prior, z ~ N(0, 1) (100).")
    private Integer count;

    @Option(
        names = "--grid",
        paramLabel = "N",
        description =
            "N x N images over a 2-D latent space, at the quantiles (i + 1/2) / N of the prior.")
    private Integer grid;

    @Option(
        names = "--between",
        paramLabel = "I,J",
        split = ",",
        hideParamSyntax = true,
        description = "From test image I to test image J, counted from 0, along a line between mu.")
    private int[] between;

    @Option(
        names = "--between-table",
        description =
            "A row for each of 10 pairs of test images of one class and of 10 of two classes, always"
                + " the same: the one, --steps images from mu to mu, the other; without labels, 20"
                + " pairs of any.")
    private boolean table;
  }

  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @ArgGroup(exclusive = true)
  private Source source = new Source();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Images of --between, both ends included, or of each pair of --between-table"
              + " (${DEFAULT-VALUE}).")
  private int steps;

  @Mixin private DataOption data;
  @Mixin private OutOption out;
  @Mixin private JsonOption json;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    check();
    SavedModel model = argument.load();
    int latent = model.config().latent();
    if (source.grid != null && latent != 2) {
      throw new UserError("--grid needs a model with 2 latent dimensions, this one has " + latent);
    }
    PictureOutput output = PictureOutput.of(out, "generated.png");
    if (source.table) {
      return table(model, output);
    }
    int images = source.between != null ? steps : source.count == null ? COUNT : source.count;
    output.check(source.grid != null ? source.grid * source.grid : images);
    Rows ends = source.between == null ? null : ends(model);
    float[] pixels;
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      float[] mu = ends == null ? null : opened.encode(vaeocl.api.Images.of(ends, model)).mu();
      pixels = opened.decode(points(model, mu)).pixels();
    }
    int columns = source.grid != null ? source.grid : source.between != null ? steps : 0;
    output.write(pixels, columns, model, spec.commandLine().getOut(), json);
    return Cli.OK;
  }

  private int table(SavedModel model, PictureOutput output) throws IOException {
    Dataset dataset = dataset(model);
    output.check(BetweenTable.columns(steps));
    float[] pixels;
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device);
        Codec codec = new Codec(opened.backend(), model)) {
      pixels = BetweenTable.pixels(codec, dataset, steps);
    }
    int columns = BetweenTable.columns(steps);
    output.write(pixels, columns, model, spec.commandLine().getOut(), json);
    return Cli.OK;
  }

  /** The run's, whose test images fit the model. */
  private Dataset dataset(SavedModel model) throws IOException {
    Dataset dataset = argument.dataset(model, data, spec.commandLine().getErr());
    ModelArgument.requireSize(model, dataset.test().rows(), dataset.test().cols());
    Ground.compare(Rows.of(dataset.test()), model, spec.commandLine().getErr());
    return dataset;
  }

  private float[] points(SavedModel model, float[] ends) {
    if (source.grid != null) {
      return LatentPoints.grid(source.grid, model.config().latent(), 0, 1);
    }
    if (ends != null) {
      int latent = model.config().latent();
      float[] from = Arrays.copyOf(ends, latent);
      return LatentPoints.line(from, Arrays.copyOfRange(ends, latent, 2 * latent), steps);
    }
    int count = source.count == null ? COUNT : source.count;
    return LatentPoints.prior(model.config().seed(), count, model.config().latent());
  }

  /** The two test images between which to go. */
  private Rows ends(SavedModel model) throws IOException {
    Images test = dataset(model).test();
    float[] ends = new float[2 * test.size()];
    float[] image = new float[test.size()];
    for (int i = 0; i < 2; i++) {
      int at = source.between[i];
      if (at < 0 || at >= test.count()) {
        throw new UserError(
            "--between " + at + ": the test images have the numbers 0 to " + (test.count() - 1));
      }
      Rows.of(test).copy(at, 1, image);
      System.arraycopy(image, 0, ends, i * image.length, image.length);
    }
    return Rows.of(ends, test.size());
  }

  private void check() {
    requireAtLeast("--count", source.count, 1);
    requireAtLeast("--grid", source.grid, 1);
    requireAtLeast("--steps", steps, 2);
    requireAtMost("--count", source.count);
    requireAtMost("--steps", steps);
    if (source.grid != null && source.grid > LARGEST_GRID) {
      throw new UserError("--grid must be at most " + LARGEST_GRID + ", not " + source.grid);
    }
    if (source.between != null && source.between.length != 2) {
      throw new UserError("--between takes two numbers of test images: --between 3,17");
    }
  }

  private static void requireAtMost(String option, Integer value) {
    if (value != null && value > MOST) {
      throw new UserError(option + " must be at most " + MOST + ", not " + value);
    }
  }

  private static void requireAtLeast(String option, Integer value, int least) {
    if (value != null && value < least) {
      throw new UserError(option + " must be at least " + least + ", not " + value);
    }
  }
}
