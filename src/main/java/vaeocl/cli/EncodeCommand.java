package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Codes;
import vaeocl.api.Device;
import vaeocl.api.Images;
import vaeocl.api.Model;
import vaeocl.formats.Npy;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** {@code vae-ocl encode}: images to codes. */
@Command(
    name = "encode",
    description = {
      "Encode images: to mu and logvar, float32 [N, 2, latent], in an .npy file; or, with --bits, to"
          + " mu in so many bits a dimension, in a small file that 'decode' reads."
    },
    sortOptions = false)
final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGES",
      description = ImagesArgument.FILES)
  private List<Path> files = List.of();

  @Mixin private ImagesArgument images;
  @Mixin private OutOption out;

  @Option(
      names = "--bits",
      paramLabel = "B",
      description = "Quantise each dimension of mu to B bits, 2 to 16; the file ends in .codes.")
  private Integer bits;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = Shard.Converter.class,
      description =
          "Encode part I of N of the images, in their order; 'join' makes one file of all parts.")
  private Shard shard;

  @Mixin private JsonOption json;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    if (bits != null) {
      CodesFile.requireBits(bits);
      if (shard != null) {
        throw new UserError("--shard is for .npy: the steps of --bits follow from all images");
      }
    }
    SavedModel model = argument.load();
    String ending = bits == null ? ".npy" : CodesFile.ENDING;
    Path file = out.file("codes" + (shard == null ? "" : shard.label()) + ending, List.of(ending));
    Rows rows = part(images.load(files, argument, model, spec.commandLine().getErr()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("images", rows.count());
    values.put("latent", model.config().latent());
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      Codes codes = opened.encode(Images.of(rows, model));
      if (bits == null) {
        Npy.write(file, ArrayShapes.codes(codes.heads(), model));
      } else {
        CodesFile.write(file, codes.mu(), model, bits);
        values.put("bits", bits);
      }
    }
    long bytes = Files.size(file);
    values.put("bytes", bytes);
    values.put("bits_per_image", 8.0 * bytes / rows.count());
    values.put("out", file.toString());
    String line =
        String.format(
            Locale.ROOT,
            "Codes of %d images: %s (%d bytes, %.2f bits an image)",
            rows.count(),
            file,
            bytes,
            8.0 * bytes / rows.count());
    json.print(spec.commandLine().getOut(), List.of(line), values);
    return Cli.OK;
  }

  private Rows part(Rows all) {
    if (shard == null) {
      return all;
    }
    int size = shard.size(all.count());
    if (size == 0) {
      throw new UserError(
          "--shard %d/%d of %d images is empty; name fewer parts"
              .formatted(shard.number(), shard.count(), all.count()));
    }
    return all.part(shard.first(all.count()), size);
  }
}
