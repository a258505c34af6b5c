package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Model;
import vaeocl.formats.Npy;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** {@code vae-ocl decode}: codes to images. */
@Command(
    name = "decode",
    description = {
      "Decode codes to images: float32 [N, height, width] in [0, 1] in an .npy file, or a sheet in a"
          + " .png file."
    },
    sortOptions = false)
final class DecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @Parameters(
      index = "1",
      paramLabel = "CODES",
      description =
          "What 'encode' wrote: an .npy file, numbers [N, 2, latent] (mu is decoded) or [N, latent];"
              + " or a .codes file.")
  private Path codes;

  @Mixin private OutOption out;
  @Mixin private JsonOption json;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    SavedModel model = argument.load();
    PictureOutput output = PictureOutput.of(out, "images.npy");
    Rows z =
        OutOption.has(codes, CodesFile.ENDING)
            ? CodesFile.read(codes, model)
            : ArrayShapes.points(codes, Npy.readFloats(codes), model);
    output.check(z.count());
    float[] pixels;
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      pixels = opened.decode(z).pixels();
    }
    output.write(pixels, 0, model, spec.commandLine().getOut(), json);
    return Cli.OK;
  }
}
