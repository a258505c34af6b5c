package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Model;
import vaeocl.check.WrongDeviceException;
import vaeocl.data.Dataset;
import vaeocl.model.SavedModel;
import vaeocl.opencl.device.NoDeviceException;
import vaeocl.opencl.device.OpenClException;
import vaeocl.train.ImagesOfRun;
import vaeocl.train.MixedRunException;
import vaeocl.train.RunFolder;

/** {@code vae-ocl report}: the pictures and the page of a run, again. */
@Command(
    name = "report",
    description = {
      "Draw the pictures of a run and write its report.html; what is missing in an unfinished or"
          + " damaged run is said and left out."
    },
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the pictures and the page (that of the run).")
  private Path target;

  @Mixin private InvertibleData data;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    data.refuseReading();
    RunFolder folder = RunFolder.open(run);
    RunReport report = new RunReport(folder, target());
    folder.edited().ifPresent(report::miss);
    SavedModel model = model(folder, report);
    test(folder, model, report, err);
    if (model == null) {
      report.write(out, err);
      return Cli.OK;
    }
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      report.write(opened, out, err);
    } catch (NoDeviceException | OpenClException | WrongDeviceException e) {
      if (compute.given()) {
        throw e;
      }
      report.miss("nothing was encoded: " + Failure.of(e).message());
      report.write(out, err);
    }
    return Cli.OK;
  }

  /** Where to write, found out before there is something to write. */
  private Path target() throws IOException {
    if (target == null) {
      if (!Files.isWritable(run)) {
        throw new UserError(run + " cannot be written; name another folder with --out");
      }
      return run;
    }
    OutputFile.requireFolder("--out", target);
    if (!Files.exists(target) || !Files.isSameFile(run, target)) {
      if (Files.exists(target.resolve("config.json"))) {
        throw new UserError("--out " + target + " holds another run; name another folder");
      }
      RunReport.refuseStrangers(target);
      Files.createDirectories(target);
    }
    return target;
  }

  /**
   * Gives the report its test images. Better no report than one with other images than the run's
   * over a good one.
   */
  private void test(RunFolder folder, SavedModel model, RunReport report, PrintWriter err)
      throws IOException {
    RunImages images;
    Dataset found;
    try {
      images = images(folder, model);
      found = images.load(data, err);
    } catch (IOException | UserError e) {
      if (data.given()) {
        throw e;
      }
      report.miss("no test images: " + Failure.of(e).message());
      return;
    }
    images.requireSame(found);
    if (model != null) {
      ModelArgument.requireSize(model, found.test().rows(), found.test().cols());
    }
    report.test(found);
  }

  /** What the run says of the images; where it does not, what the model says, if it is needed. */
  private RunImages images(RunFolder folder, SavedModel model) throws IOException {
    Optional<ImagesOfRun> known = folder.images();
    if (known.isPresent() || (model == null && !data.given())) {
      return RunImages.of(known.isPresent() ? known.get() : folder.config().dataset());
    }
    return model == null ? RunImages.UNKNOWN : RunImages.of(model);
  }

  private static SavedModel model(RunFolder folder, RunReport report) throws IOException {
    if (!Files.exists(folder.model())) {
      return null; // the report says so
    }
    try {
      return folder.savedModel();
    } catch (MixedRunException e) {
      throw e;
    } catch (IOException e) {
      report.miss(IoMessages.sentence(e));
      return null;
    }
  }
}
