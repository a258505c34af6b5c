package vaeocl.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import vaeocl.data.Images;
import vaeocl.formats.EventFile;
import vaeocl.formats.EventSummary;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Sheet;
import vaeocl.formats.TextFile;
import vaeocl.model.Codec;
import vaeocl.model.EpochResult;
import vaeocl.model.Manifold;
import vaeocl.model.Rows;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;

/**
 * A run for programs that watch runs: an event file of TensorBoard's, a new one whenever the run
 * goes on, and metrics.jsonl, which has what metrics.csv has. Where they cannot be written the
 * training goes on without them.
 */
public final class EventLog implements Training.Listener, AutoCloseable {
  private static final String LINES = "metrics.jsonl";
  private static final int PAIRS = 10;
  private static final int GAP = 2;
  private static final int SHADE = 96;

  /** Images of the manifold's side, and pixels that they may take together. */
  private static final int MANIFOLD = 20;

  private static final int MANIFOLD_PIXELS = 800;

  /** Pictures of more epochs are not shown. */
  private static final int SHOWN_EPOCHS = 20;

  private final Codec codec;
  private final Images test;
  private final int every;
  private final RunFolder folder;
  private final Consumer<String> warnings;
  private EventFile file;
  private boolean failed;

  /**
   * @param backend that trains
   * @param test images, as the run is evaluated on them
   * @param epochs that the run is to have
   * @param warnings receives a sentence where something cannot be written
   */
  public EventLog(
      Backend backend,
      Vae vae,
      Images test,
      int epochs,
      RunFolder folder,
      Consumer<String> warnings) {
    codec = Codec.live(backend, vae);
    this.test = test;
    this.every = (epochs + SHOWN_EPOCHS - 1) / SHOWN_EPOCHS;
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Whether the run in a folder is logged already, and so goes on to be. */
  public static boolean in(RunFolder folder) {
    return folder.hasCheckpoint() && Files.exists(folder.path().resolve(LINES));
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void unlessFailed(Writing writing) {
    if (failed) {
      return;
    }
    try {
      writing.write();
    } catch (IOException e) {
      failed = true;
      warnings.accept("nothing more for TensorBoard and in " + LINES + ": " + e.getMessage());
    }
  }

  @Override
  public void begin(int epoch, int steps) {
    if (file == null) {
      unlessFailed(
          () -> {
            writeLines();
            file = new EventFile(folder.path(), epoch);
          });
    }
  }

  @Override
  public void step(int done) {}

  @Override
  public void end(EpochResult result) {
    unlessFailed(
        () -> {
          writeLines();
          file.write(result.epoch(), summary(result));
        });
  }

  /** All lines: those of a run that goes on may be others than before. */
  private void writeLines() throws IOException {
    Path metrics = folder.path().resolve(RunFolder.METRICS);
    StringBuilder text = new StringBuilder();
    for (EpochResult row : Files.exists(metrics) ? folder.metrics() : List.<EpochResult>of()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("epoch", row.epoch());
      named(row).forEach((name, value) -> line.put(name, Double.isNaN(value) ? null : value));
      text.append(line).append('\n');
    }
    TextFile.write(folder.path().resolve(LINES), text.toString());
  }

  /** The columns of metrics.csv but for the epoch; NaN where a cell is empty. */
  private static Map<String, Double> named(EpochResult row) {
    Map<String, Double> named = Metrics.named(row);
    named.remove("epoch");
    return named;
  }

  private EventSummary summary(EpochResult result) throws IOException {
    EventSummary summary = new EventSummary();
    named(result)
        .forEach(
            (name, value) -> {
              if (!Double.isNaN(value)) {
                summary.scalar(name, value);
              }
            });
    float[] codes = codec.encode(Rows.of(test));
    float[] mu = Codec.mu(codes, codec.latent());
    summary.histogram("mu", mu);
    summary.histogram("logvar", Codec.logvar(codes, codec.latent()));
    if (result.epoch() % every == 0) {
      summary.image("reconstructions", reconstructions(mu));
      summary.image("manifold", manifold());
    }
    return summary;
  }

  /** The first test images over what the model makes of them, with z = mu. */
  private GreyImage reconstructions(float[] mu) {
    int pairs = Math.min(PAIRS, test.count());
    float[] copies = codec.decode(Rows.of(mu, codec.latent()).first(pairs));
    byte[][] above = GreyImage.levels(Rows.of(test).first(pairs).all(), test.size());
    byte[][] below = GreyImage.levels(copies, test.size());
    return Sheet.even(test.rows(), test.cols(), pairs, GAP, SHADE)
        .of(2 * pairs, i -> i < pairs ? above[i] : below[i - pairs]);
  }

  /** The first two dimensions at the prior's quantiles; all others are 0. */
  private GreyImage manifold() {
    int side =
        Math.min(MANIFOLD, Math.max(2, MANIFOLD_PIXELS / Math.max(test.rows(), test.cols())));
    return Manifold.along(side, codec.latent(), 0, 1)
        .sheet(test.rows(), test.cols(), Integer.MAX_VALUE, codec::decode);
  }

  @Override
  public void close() {
    codec.close();
  }
}
