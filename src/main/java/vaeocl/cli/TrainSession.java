package vaeocl.cli;

import static vaeocl.formats.ShellLine.quoted;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.api.ImageSet;
import vaeocl.api.Model;
import vaeocl.api.TrainedRun;
import vaeocl.api.Trainer;
import vaeocl.data.Dataset;
import vaeocl.formats.ShellLine;
import vaeocl.model.EpochResult;
import vaeocl.model.LatentUse;
import vaeocl.model.Objective;
import vaeocl.model.SavedModel;
import vaeocl.opencl.device.OpenClException;
import vaeocl.report.RunData;
import vaeocl.report.Watch;
import vaeocl.train.LossException;
import vaeocl.train.Position;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/** A training with all that people see of it: lines, the page, the report. */
final class TrainSession implements TrainHost {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean report;
  private final Integer port;
  private boolean training;

  /**
   * @param port for the page, 0 for any, null for none
   */
  TrainSession(PrintWriter out, PrintWriter err, boolean report, Integer port) {
    this.out = out;
    this.err = err;
    this.report = report;
    this.port = port;
  }

  @Override
  public ImageLoader images() {
    return DataOption::read;
  }

  @Override
  public Device open(DeviceSetup setup) {
    return setup.open();
  }

  @Override
  public int train(Trainer trainer, Device device, RunFolder folder) throws IOException {
    PrintStream stderr = StandardStream.err();
    Dataset data = trainer.images().dataset();
    RunConfig config = trainer.run(device);
    try (StopSignals stop = new StopSignals(stderr);
        Watch watch = port == null ? null : watch(config, folder);
        TrainReport lines = new TrainReport(out, stderr, config.epochs(), data.name())) {
      TrainedRun result =
          trainer.listener(listener(lines, watch)).stopWhen(stop).train(device, folder);
      lines.endEpoch();
      Position at = result.position();
      if (!result.whole()) {
        say("Stopped after step %d of epoch %d of %d", at.step(), at.epoch() + 1, config.epochs());
        say("Go on with: %s train --resume %s", ShellLine.program(), quoted(folder.path()));
        return stop.status();
      }
      if (result.early()) {
        String patience = "No better validation loss for %d epochs: ended after %d of %d";
        say(patience, config.vae().patience(), at.epoch(), config.epochs());
      }
      lines.closing(result.epochs());
      String again = "vae-ocl: no report" + making(folder, ShellLine.program());
      stop.release(report ? again + System.lineSeparator() : ""); // it can be made again
      try {
        if (stop.getAsBoolean()) {
          return stop.lastWord();
        }
        try (Model model = Model.of(SavedModel.read(folder.model()), device)) {
          sayCollapse(model, trainer.images());
          if (report) {
            draw(folder, data, model);
            if (watch != null) {
              watch.finish();
            }
          }
        }
      } finally {
        say("Results: %s", folder.path());
      }
    } catch (LossException e) {
      throw new RunFailure(e.getMessage() + "; " + remedy(folder), e);
    } catch (OpenClException | IOException | OutOfMemoryError e) {
      if (!training) {
        throw e;
      }
      throw new RunFailure(Failure.of(e).message() + resumption(folder), e);
    }
    return Cli.OK;
  }

  /** A run cannot go on with another learning rate; another run can go on with its weights. */
  private static String remedy(RunFolder folder) {
    String lower = "with a lower --learning-rate";
    return Files.exists(folder.model())
        ? "go on " + lower + " and --init-from " + quoted(folder.model())
        : "train again " + lower;
  }

  private static String resumption(RunFolder folder) {
    return "; then go on with --resume " + quoted(folder.path());
  }

  private Watch watch(RunConfig config, RunFolder folder) throws IOException {
    RunData data = RunData.begun(config.json());
    int done = folder.hasCheckpoint() ? folder.checkpoint().position().epoch() : 0;
    if (done > 0) {
      List<EpochResult> rows = folder.metrics();
      data = data.withMetrics(rows.subList(0, Math.min(done, rows.size())));
    }
    Watch watch = Watch.open(port, folder.path(), data, config.epochs());
    say("Watch: %s", watch.address());
    return watch;
  }

  /** Tells the lines and, where it is not null, the page. */
  private Training.Listener listener(TrainReport lines, Watch watch) {
    return new Training.Listener() {
      private int epoch;
      private int steps;

      @Override
      public void begin(int newEpoch, int newSteps) {
        epoch = newEpoch;
        steps = newSteps;
        training = true;
        progress(0);
        lines.begin(newEpoch, newSteps);
      }

      @Override
      public void step(int done) {
        progress(done);
        lines.step(done);
      }

      @Override
      public void end(EpochResult result) {
        if (watch != null) {
          watch.add(result);
        }
        lines.end(result);
      }

      private void progress(int done) {
        if (watch != null) {
          watch.progress(epoch, done, steps);
        }
      }
    };
  }

  /** Says which dimensions are unused; an autoencoder's are not held to a prior. */
  private void sayCollapse(Model model, ImageSet images) {
    if (model.saved().config().objective() != Objective.AE) {
      LatentUse use = model.encode(model.asEvaluated(images.test())).use();
      use.collapse().ifPresent(collapse -> say("%s", collapse));
    }
  }

  /**
   * The report of a finished run.
   *
   * @throws RunFailure if it cannot be made, whatever the reason; the run is finished all the same
   */
  private void draw(RunFolder folder, Dataset data, Model model) {
    try {
      RunReport pictures = new RunReport(folder, folder.path());
      pictures.test(data);
      pictures.write(model, out, err);
    } catch (IOException | RuntimeException | Error e) {
      String program =
          e instanceof OutOfMemoryError
              ? ShellLine.program("-Xmx" + Memory.xmx(2))
              : ShellLine.program();
      throw new RunFailure("no report: " + Failure.of(e).message() + making(folder, program), e);
    }
  }

  private static String making(RunFolder folder, String program) {
    return "; make it with: " + program + " report " + quoted(folder.path());
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
