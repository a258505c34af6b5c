package vaeocl.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.data.Dataset;
import vaeocl.formats.FloatArray;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.ClDevice;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.KernelSource;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tiling;
import vaeocl.train.Checkpoint;
import vaeocl.train.LossException;
import vaeocl.train.Position;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/** {@code vae-ocl train}: the experiment. */
@Command(
    name = "train",
    description = "Train a variational autoencoder and evaluate it after every epoch.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int EPOCHS = 20;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes through the training set, those before --resume included (20).")
  private Integer epochs;

  @Mixin private NetOptions net;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results (runs/<data set>-<time>).")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run in this folder, as it was set up; only --epochs, --data, --device and"
              + " --checkpoint-every may be given with it.")
  private Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Save a checkpoint every N steps besides the one after every epoch.")
  private Integer checkpointEvery;

  @Option(names = "--no-report", description = "Draw no pictures and write no report.html.")
  private boolean noReport;

  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;

  @Override
  public Integer call() throws IOException {
    if (epochs != null && epochs < 1) {
      throw new UserError("--epochs must be at least 1, not " + epochs);
    }
    if (checkpointEvery != null && checkpointEvery < 1) {
      throw new UserError("--checkpoint-every must be at least 1, not " + checkpointEvery);
    }
    return resume == null ? begin() : goOn();
  }

  private int begin() throws IOException {
    SavedModel initial = net.initFrom() == null ? null : SavedModel.read(net.initFrom());
    VaeConfig config = net.config(initial);
    ClDevice chosen = device.select();
    Tiling tiling = kernels.tiling(chosen.info());
    KernelSource source = kernels.source();
    say("Device: " + chosen.info().label() + ", " + tiling.label() + " tiling");
    Dataset dataset = data.load(spec.commandLine().getErr());
    if (config.batchSize() > dataset.train().count()) {
      throw new UserError(
          "--batch-size "
              + config.batchSize()
              + " is larger than the training set of "
              + dataset.train().count()
              + " images");
    }
    if (initial != null) {
      ModelArgument.requireSize(initial, dataset.train().rows(), dataset.train().cols());
    }
    say("Data: " + dataset.name() + " (" + dataset.source() + ")");
    RunConfig run =
        RunConditions.of(
            config,
            epochs == null ? EPOCHS : epochs,
            initial == null ? "" : net.initFrom().toString(),
            checkpointEvery == null ? 0 : checkpointEvery,
            dataset,
            chosen.info(),
            tiling,
            kernels.origin());
    Map<String, FloatArray> weights = initial == null ? null : initial.weights();
    try (RunFolder folder = RunFolder.create(out == null ? defaultFolder(dataset.name()) : out);
        DeviceBackend backend = new DeviceBackend(chosen, source, tiling, Mode.NORMAL)) {
      return train(backend, run, dataset, folder, training -> training.start(weights));
    }
  }

  private int goOn() throws IOException {
    Resumption.refuseOthers(spec.commandLine().getParseResult());
    try (RunFolder folder = RunFolder.open(resume)) {
      Checkpoint checkpoint = folder.checkpoint();
      RunConfig before = checkpoint.config();
      RunConfig run =
          before.with(
              epochs == null ? before.epochs() : epochs,
              checkpointEvery == null ? before.checkpointEvery() : checkpointEvery);
      Resumption resumption = new Resumption(folder, checkpoint);
      resumption.requireMore(run.epochs());
      ClDevice chosen = resumption.device(device, StandardStream.err());
      Tiling tiling = resumption.tiling(chosen.info());
      Position at = checkpoint.position();
      say("Device: " + chosen.info().label() + ", " + tiling.label() + " tiling");
      Dataset dataset = resumption.data(data, spec.commandLine().getErr());
      say("Data: " + dataset.name() + " (" + dataset.source() + ")");
      String step = at.step() == 0 ? "" : ", after its step " + at.step();
      say("Going on with epoch " + (at.epoch() + 1) + " of " + run.epochs() + step);
      try (DeviceBackend backend =
          new DeviceBackend(chosen, resumption.kernels(), tiling, Mode.NORMAL)) {
        return train(backend, run, dataset, folder, training -> training.resume(checkpoint));
      }
    }
  }

  /** How a training begins. */
  private interface Beginning {
    Training.Result of(Training training) throws IOException;
  }

  private int train(
      DeviceBackend backend, RunConfig run, Dataset data, RunFolder folder, Beginning beginning)
      throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    PrintStream stderr = StandardStream.err();
    Vae vae = new Vae(data.train().size(), run.vae());
    try (StopSignals stop = new StopSignals(stderr);
        TrainReport report = new TrainReport(stdout, stderr, run.epochs(), data.name())) {
      Training.Result result =
          beginning.of(new Training(backend, vae, data, folder, run, report, stop));
      report.endEpoch();
      Position at = result.position();
      if (at.epoch() < run.epochs()) {
        String where = " of epoch " + (at.epoch() + 1) + " of " + run.epochs();
        say("Stopped after step " + at.step() + where);
        say("Go on with: java -jar vae-ocl.jar train --resume " + folder.path());
        return stop.status();
      }
      report.closing(result.epochs());
      if (!noReport) {
        draw(folder, data, backend);
      }
    } catch (LossException e) {
      throw new RunFailure(e.getMessage(), e);
    } catch (IOException e) {
      throw folder.hasCheckpoint()
          ? new IOException(
              IoMessages.sentence(e) + "; then go on with --resume " + folder.path(), e)
          : e;
    }
    say("Results: " + folder.path());
    return Cli.OK;
  }

  /** The report of a finished run, without which it is finished all the same. */
  private void draw(RunFolder folder, Dataset data, DeviceBackend backend) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      RunReport report = new RunReport(folder.path());
      report.test(data);
      report.write(backend, SavedModel.read(folder.model()), spec.commandLine().getOut(), err);
    } catch (IOException e) {
      String again = "; try again with: report " + folder.path();
      err.println("vae-ocl: warning: no report: " + IoMessages.sentence(e) + again);
      err.flush();
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static Path defaultFolder(String dataset) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    return Path.of(
        "runs", dataset + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(format));
  }
}
