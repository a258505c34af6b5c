package vaeocl.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vaeocl.formats.Safetensors;
import vaeocl.formats.TextFile;
import vaeocl.model.EpochResult;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/** A folder as Hugging Face's hub takes it: the model, its settings, its card, its report. */
final class HubFolder {
  private static final String CARD = "README.md";
  private static final String CONFIG = "config.json";
  private static final String MODEL = "model.safetensors";
  private static final String PAGE = "report.html";

  private final Path folder;

  /**
   * @throws UserError if it cannot be written, or holds such files that no export wrote
   */
  HubFolder(Path folder) throws IOException {
    this.folder = folder;
    OutputFile.requireFolder("--hub", folder);
    Path card = folder.resolve(CARD);
    boolean ours = Files.isRegularFile(card) && TextFile.read(card).contains(ModelCard.MARK);
    for (String name : List.of(CARD, CONFIG, MODEL, PAGE)) {
      if (!ours && Files.exists(folder.resolve(name))) {
        throw new UserError(
            "--hub " + folder + " holds a " + name + " already; name another folder");
      }
    }
  }

  /**
   * Writes everything.
   *
   * @param run of the model; null where there is none, and no figures
   * @return whether report.html is there too
   */
  boolean write(SavedModel model, RunFolder run) throws IOException {
    Files.createDirectories(folder);
    RunConfig config = run == null ? null : run.config();
    Path page = run == null ? null : run.path().resolve(PAGE);
    boolean copied = page != null && Files.isRegularFile(page);
    Files.deleteIfExists(folder.resolve(PAGE)); // an earlier model's
    Safetensors.write(folder.resolve(MODEL), model.weights(), metadata(model));
    TextFile.write(folder.resolve(CONFIG), config(model, config));
    if (copied) {
      OutputFile.write(folder.resolve(PAGE), out -> Files.copy(page, out));
    }
    EpochResult figures = run == null ? null : figures(model, run.metrics());
    int images = config == null ? 0 : config.dataset().testImages();
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    TextFile.write(
        folder.resolve(CARD), new ModelCard(name, model, figures, images, copied).text());
    return copied;
  }

  /** What the file says, and what loaders in the manner of transformers ask for. */
  private static Map<String, String> metadata(SavedModel model) {
    Map<String, String> metadata = new TreeMap<>(model.description(Version.number()));
    metadata.putAll(model.metadata());
    metadata.remove(Safetensors.CHECKSUM);
    metadata.put("format", "pt");
    return metadata;
  }

  /** The line of the epoch that the weights are of; null where there is none. */
  private static EpochResult figures(SavedModel model, List<EpochResult> metrics) {
    String epoch = model.metadata().get(RunConfig.EPOCH);
    return metrics.stream()
        .filter(r -> Integer.toString(r.epoch()).equals(epoch))
        .findFirst()
        .orElse(null);
  }

  /** The settings, without any path of this computer. */
  private static String config(SavedModel model, RunConfig run) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode tree = json.createObjectNode().put("model_type", "vae");
    tree.put("vae_ocl_version", model.metadata().getOrDefault("version", Version.number()));
    tree.put("height", model.height()).put("width", model.width());
    Map<String, Object> values = run == null ? model.config().values() : run.vae().values();
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      Object value = values.get(setting.key());
      boolean plain = value instanceof Number || value instanceof List;
      if (run != null || setting.setting().kept()) {
        tree.putPOJO(setting.key(), plain ? value : setting.print(value));
      }
    }
    tree.put("dataset", model.metadata().getOrDefault("dataset", "unknown"));
    if (run != null) {
      tree.put("dataset_sha256", run.dataset().sha256());
      tree.put("train_images", run.dataset().trainImages());
      String epoch = model.metadata().get(RunConfig.EPOCH); // earlier versions did not say
      tree.put("epochs", epoch == null ? null : Integer.valueOf(epoch));
      tree.put("device", run.device().name()).put("driver", run.device().driver());
    }
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
  }
}
