package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.formats.Onnx;
import vaeocl.model.OnnxExport;
import vaeocl.model.SavedModel;

/** {@code vae-ocl export}: the model for other programs. */
@Command(
    name = "export",
    description = {
      "Write the model as ONNX: FILE-encoder.onnx (image [N, pixels] to mu, logvar) and"
          + " FILE-decoder.onnx (z to image). PyTorch reads model.safetensors as it is."
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final String ENDING = ".onnx";

  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description = "Where to write; .onnx at its end is optional.")
  private Path onnx;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    SavedModel model = argument.load();
    String name = onnx.toString();
    String stem = OutOption.has(onnx, ENDING) ? name.substring(0, name.length() - 5) : name;
    Path encoder = Path.of(stem + "-encoder" + ENDING);
    Path decoder = Path.of(stem + "-decoder" + ENDING);
    OutputFile.requireReplaceable("--onnx", encoder);
    OutputFile.requireReplaceable("--onnx", decoder);
    Map<String, String> metadata = model.description(Version.number());
    Onnx.write(encoder, OnnxExport.encoder(model), metadata, Version.number());
    Onnx.write(decoder, OnnxExport.decoder(model), metadata, Version.number());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("encoder", encoder.toString());
    values.put("decoder", decoder.toString());
    List<String> lines =
        List.of(
            "Encoder: " + encoder + " (image to mu, logvar)",
            "Decoder: " + decoder + " (z to image)");
    json.print(spec.commandLine().getOut(), lines, values);
    return Cli.OK;
  }
}
