package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.api.ImageSet;
import vaeocl.api.Trainer;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.SavedModel;
import vaeocl.model.VaeConfig;
import vaeocl.train.Checkpoint;
import vaeocl.train.Position;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/** {@code vae-ocl train}: the experiment. */
@Command(
    name = "train",
    description = "Train a variational autoencoder and evaluate it after every epoch.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final Path RUNS = Path.of("runs");

  /** What only a training by itself has. */
  static final String WATCH = "--watch";

  static final String NO_REPORT = "--no-report";

  /** What a run has from its beginning or never. */
  static final String NO_FILM = "--no-film";

  @Spec private CommandSpec spec;
  @Mixin private final InvertibleData data = new InvertibleData();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes through the training set, those before --resume included (20).")
  private Integer epochs;

  @Mixin private NetOptions net;

  @Option(
      names = "--init-from",
      paramLabel = "FILE",
      description = "Begin with the weights of this .safetensors file, of this program or PyTorch.")
  private Path initFrom;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results (runs/<data set>-<time>).")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run in this folder, as it was set up: what defines the net, its training"
              + " and its kernels cannot be given with it.")
  private Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Save a checkpoint every N steps besides the one after every epoch.")
  private Integer checkpointEvery;

  @Option(
      names = WATCH,
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Serve the page with live curves on this computer alone, at PORT or any free port, while"
              + " it trains.")
  private Integer watch;

  @Option(names = NO_REPORT, description = "Draw no pictures and write no report.html.")
  private boolean noReport;

  @Option(
      names = NO_FILM,
      description =
          "Keep nothing of how the latent space grows: no film.bin, no film in the report.")
  private boolean noFilm;

  @Mixin private TensorBoardOption log;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private TunedOption tuned;
  @Mixin private SelfTestOption selfTest;

  @Override
  public Integer call() throws IOException {
    CommandLine line = spec.commandLine();
    return run(new TrainSession(line.getOut(), line.getErr(), !noReport, watch));
  }

  /**
   * Checks what can be checked before there is a device.
   *
   * @throws UserError if something is wrong
   */
  void check() throws IOException {
    if (epochs != null && epochs < 1) {
      throw new UserError("--epochs must be at least 1, not " + epochs);
    }
    if (checkpointEvery != null && checkpointEvery < 1) {
      throw new UserError("--checkpoint-every must be at least 1, not " + checkpointEvery);
    }
    if (watch != null && (watch < 0 || watch > HIGHEST_PORT)) {
      throw new UserError("--watch takes a port from 0 to " + HIGHEST_PORT + ", not " + watch);
    }
    if (resume == null) {
      OutputFile.requireFolder("--out", out == null ? RUNS : out);
    }
    if (out != null && resume == null) {
      RunReport.refuseStrangers(out);
    }
    if (resume == null && initFrom == null) {
      net.config(null, null);
    }
  }

  /** Epochs of a new run. */
  int epochs() throws FormatException {
    return epochs == null ? net.epochs() : epochs;
  }

  /** Trains, or goes on training. */
  int run(TrainHost host) throws IOException {
    check();
    data.from(host.images());
    return resume == null ? begin(host) : goOn(host);
  }

  private int begin(TrainHost host) throws IOException {
    SavedModel initial =
        initFrom == null ? null : ModelArgument.read(initFrom, spec.commandLine().getErr());
    VaeConfig config = net.config(initial, initFrom);
    DeviceSetup standard = kernels.of(device.select());
    say("Device: " + standard.info().label() + ", " + standard.tiling().label() + " tiling");
    Dataset dataset = data.load(spec.commandLine().getErr());
    NetOptions.requireBatch(config, dataset.train().count());
    if (initial != null) {
      ModelArgument.requireSize(initial, dataset.train().rows(), dataset.train().cols());
    }
    Memory.of(standard.info()).requireTraining(config, dataset, false);
    say("Data: " + dataset.name() + " (" + dataset.source() + ")");
    DeviceSetup setup =
        selfTest.of(tuned.of(standard, config, dataset.train().size(), spec), false);
    Trainer trainer = Trainer.of(new ImageSet(dataset)).config(config).epochs(epochs());
    if (initial != null) {
      trainer.beginWith(initial, initFrom.toAbsolutePath().normalize().toString());
    }
    if (checkpointEvery != null) {
      trainer.checkpointEvery(checkpointEvery);
    }
    trainer.film(!noFilm);
    try (RunFolder folder =
            out == null ? RunFolder.claim(defaultFolder(dataset.name())) : RunFolder.create(out);
        Device opened = selfTest.said(host.open(setup))) {
      return host.train(log.of(trainer), opened, folder);
    }
  }

  private int goOn(TrainHost host) throws IOException {
    Resumption.refuseOthers(spec.commandLine().getParseResult());
    try (RunFolder folder = RunFolder.openToTrain(resume)) {
      Checkpoint checkpoint = folder.checkpoint();
      RunConfig before = checkpoint.config();
      int end = epochs == null ? before.epochs() : epochs;
      int every = checkpointEvery == null ? before.checkpointEvery() : checkpointEvery;
      Resumption resumption = new Resumption(folder, checkpoint);
      resumption.requireMore(end);
      resumption.sayEdits(spec.commandLine().getErr());
      DeviceSetup setup = resumption.setup(device, spec.commandLine().getErr());
      Position at = checkpoint.position();
      say("Device: " + setup.info().label() + ", " + setup.tiling().label() + " tiling");
      Dataset dataset = resumption.data(data, spec.commandLine().getErr());
      Memory.of(setup.info()).requireTraining(before.vae(), dataset, true);
      say("Data: " + dataset.name() + " (" + dataset.source() + ")");
      String step = at.step() == 0 ? "" : ", after its step " + at.step();
      say("Going on with epoch " + (at.epoch() + 1) + " of " + end + step);
      Trainer trainer =
          Trainer.resume(checkpoint, new ImageSet(dataset)).epochs(end).checkpointEvery(every);
      DeviceSetup tested = selfTest.of(setup.withKernels(resumption.kernels()), true);
      try (Device opened = selfTest.said(host.open(tested))) {
        return host.train(log.of(trainer), opened, folder);
      }
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static Path defaultFolder(String dataset) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    return RUNS.resolve(dataset + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(format));
  }
}
