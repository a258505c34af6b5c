package vaeocl.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.data.Dataset;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.ClDevice;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tiling;
import vaeocl.train.EpochResult;
import vaeocl.train.LossException;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/** {@code vae-ocl train}: the experiment. */
@Command(
    name = "train",
    description = "Train a variational autoencoder and evaluate it after every epoch.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Passes through the training set (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images in a step (${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "1e-3",
      description = "Adam's learning rate (${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "X",
      defaultValue = "1",
      description = "Weight of the KL divergence in the loss (${DEFAULT-VALUE}).")
  private double beta;

  @Option(
      names = "--latent",
      paramLabel = "N",
      defaultValue = "2",
      description = "Dimensions of the latent space (${DEFAULT-VALUE}).")
  private int latent;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "400",
      description = "Width of the hidden layers (${DEFAULT-VALUE}).")
  private int hidden;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of weights, order and noise (${DEFAULT-VALUE}); the same seed gives the same"
              + " model on the same device.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results (runs/<data set>-<time>).")
  private Path out;

  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;

  @Override
  public Integer call() throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    PrintStream stderr = StandardStream.err();
    VaeConfig config = config();
    ClDevice chosen = device.select();
    Tiling tiling = kernels.tiling(chosen.info());
    stdout.println("Device: " + chosen.info().label() + ", " + tiling.label() + " tiling");
    stdout.flush();
    Dataset dataset = data.load(spec.commandLine().getErr());
    if (batchSize > dataset.train().count()) {
      throw new UserError(
          "--batch-size "
              + batchSize
              + " is larger than the training set of "
              + dataset.train().count()
              + " images");
    }
    stdout.println("Data: " + dataset.name() + " (" + dataset.source() + ")");
    stdout.flush();
    RunFolder folder = RunFolder.at(out == null ? defaultFolder(dataset.name()) : out);
    Vae vae = new Vae(dataset.train().size(), config);
    try (DeviceBackend backend = new DeviceBackend(chosen, kernels.source(), tiling, Mode.NORMAL);
        TrainReport report = new TrainReport(stdout, stderr, epochs, dataset.name())) {
      Map<String, Object> record =
          RunConfig.of(config, epochs, dataset, chosen.info(), tiling, kernels.origin());
      List<EpochResult> results =
          new Training(backend, vae, dataset, folder, record).run(epochs, report);
      report.closing(results);
    } catch (LossException e) {
      throw new RunFailure(e.getMessage(), e);
    }
    stdout.println("Results: " + folder.path());
    stdout.flush();
    return Cli.OK;
  }

  private VaeConfig config() {
    if (epochs < 1) {
      throw new UserError("--epochs must be at least 1, not " + epochs);
    }
    try {
      return new VaeConfig(hidden, latent, batchSize, learningRate, beta, seed);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Path defaultFolder(String dataset) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    return Path.of(
        "runs", dataset + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(format));
  }
}
