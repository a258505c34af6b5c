package vaeocl.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vaeocl.formats.AtomicFile;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;

/**
 * What a training run leaves: {@code config.json} with everything needed to repeat it, {@code
 * metrics.csv} with a line for each epoch, {@code model.safetensors} with the trained weights.
 */
public final class RunFolder {
  private static final String CONFIG = "config.json";
  private static final String METRICS = "metrics.csv";
  private static final String MODEL = "model.safetensors";
  private static final String HEADER =
      "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds";

  private final Path folder;
  private final List<String> rows = new ArrayList<>(List.of(HEADER));

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A folder for a new run; nothing is made before {@link #begin}.
   *
   * @throws FormatException if it holds a run already
   */
  public static RunFolder at(Path folder) throws FormatException {
    for (String file : List.of(CONFIG, METRICS, MODEL)) {
      if (Files.exists(folder.resolve(file))) {
        throw new FormatException(folder, "holds a run already; name another folder with --out");
      }
    }
    return new RunFolder(folder);
  }

  public Path path() {
    return folder;
  }

  /**
   * Makes the folder and writes the configuration: nested maps, lists, text, numbers.
   *
   * @throws IOException if the folder cannot be made or written
   */
  public void begin(Map<String, Object> config) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new FormatException(folder, "is a file; name a folder with --out", e);
    }
    String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config);
    writeText(CONFIG, json + "\n");
  }

  /** Adds an epoch's line. */
  public void addMetrics(EpochResult r) throws IOException {
    EpochLoss t = r.training();
    Figures s = r.sampled();
    Figures m = r.mean();
    StringBuilder row = new StringBuilder(Integer.toString(r.epoch()));
    double[] figures = {
      t.loss(), t.recon(), t.kl(), s.mse(), s.psnr(), s.ssim(), m.mse(), m.psnr(), m.ssim()
    };
    for (double figure : figures) {
      row.append(String.format(Locale.ROOT, ",%.9g", figure));
    }
    row.append(String.format(Locale.ROOT, ",%.4f,%.4f", t.seconds(), r.evaluationSeconds()));
    rows.add(row.toString());
    writeText(METRICS, String.join("\n", rows) + "\n");
  }

  /** Writes the trained weights. */
  public void writeModel(Map<String, FloatArray> weights, Map<String, String> metadata)
      throws IOException {
    Safetensors.write(folder.resolve(MODEL), weights, metadata);
  }

  private void writeText(String name, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    AtomicFile.write(
        folder.resolve(name), channel -> AtomicFile.writeFully(channel, bytes.duplicate()));
  }
}
