package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Images;
import vaeocl.api.Model;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** {@code vae-ocl reconstruct}: images through the latent space and back. */
@Command(
    name = "reconstruct",
    description = {
      "Reconstruct images: float32 [N, height, width] in [0, 1] in an .npy file, or a sheet of"
          + " images over their reconstructions in a .png file."
    },
    sortOptions = false)
final class ReconstructCommand implements Callable<Integer> {
  private enum Z {
    MEAN,
    SAMPLED
  }

  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGES",
      description = ImagesArgument.FILES)
  private List<Path> files = List.of();

  @Mixin private ImagesArgument images;

  @Option(
      names = "--z",
      paramLabel = "mean|sampled",
      defaultValue = "mean",
      description = "From mu (the default), or from z with the noise that evaluation uses.")
  private Z z;

  @Mixin private OutOption out;
  @Mixin private JsonOption json;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    SavedModel model = argument.load();
    PictureOutput output = PictureOutput.of(out, "reconstructions.npy");
    Rows rows = images.load(files, argument, model, spec.commandLine().getErr());
    output.check(2L * rows.count());
    float[] pixels;
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      pixels = opened.reconstruct(Images.of(rows, model), z == Z.SAMPLED).pixels();
    }
    output.writePairs(rows, pixels, model, spec.commandLine().getOut(), json);
    return Cli.OK;
  }
}
