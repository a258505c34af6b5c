package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import vaeocl.train.RunFolder;

/** {@code vae-ocl export}: the model for other programs. */
@Command(
    name = "export",
    description = {
      "Write the model as ONNX: FILE-encoder.onnx (image [N, pixels] to mu, logvar) and"
          + " FILE-decoder.onnx (z to image), or as a folder for Hugging Face's hub. PyTorch reads"
          + " model.safetensors as it is."
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final String ENDING = ".onnx";

  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description = "Where to write ONNX; .onnx at its end is optional.")
  private Path onnx;

  @Option(
      names = "--hub",
      paramLabel = "DIR",
      description =
          "Folder for model.safetensors, config.json, a model card with the run's figures"
              + " (README.md) and report.html, to be uploaded as it is.")
  private Path hub;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    if (onnx == null && hub == null) {
      throw new UserError("nothing to write; name --onnx FILE or --hub DIR");
    }
    HubFolder folder = hub == null ? null : new HubFolder(hub);
    SavedModel model = argument.load();
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    if (onnx != null) {
      writeOnnx(model, values, lines);
    }
    if (folder != null) {
      writeHub(folder, model, values, lines);
    }
    json.print(spec.commandLine().getOut(), lines, values);
    return Cli.OK;
  }

  private void writeOnnx(SavedModel model, Map<String, Object> values, List<String> lines)
      throws IOException {
    String name = onnx.toString();
    String stem = OutOption.has(onnx, ENDING) ? name.substring(0, name.length() - 5) : name;
    Path encoder = Path.of(stem + "-encoder" + ENDING);
    Path decoder = Path.of(stem + "-decoder" + ENDING);
    OutputFile.requireReplaceable("--onnx", encoder);
    OutputFile.requireReplaceable("--onnx", decoder);
    Map<String, String> metadata = model.description(Version.number());
    Onnx.write(encoder, OnnxExport.encoder(model), metadata, Version.number());
    Onnx.write(decoder, OnnxExport.decoder(model), metadata, Version.number());
    values.put("encoder", encoder.toString());
    values.put("decoder", decoder.toString());
    lines.add("Encoder: " + encoder + " (image to mu, logvar)");
    lines.add("Decoder: " + decoder + " (z to image)");
  }

  private void writeHub(
      HubFolder folder, SavedModel model, Map<String, Object> values, List<String> lines)
      throws IOException {
    RunFolder run = argument.run();
    boolean page = folder.write(model, run);
    values.put("hub", hub.toString());
    values.put("report", page);
    lines.add("Hub: " + hub);
    if (run == null) {
      lines.add("No figures: a file has none; name the run's folder for a card with them");
    } else if (page) {
      lines.add("Before you publish it: report.html names folders of this computer");
    } else {
      lines.add("No report.html: the run has none; 'report' makes it");
    }
  }
}
