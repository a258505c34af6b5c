package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.model.SavedModel;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.device.NoDeviceException;
import vaeocl.opencl.device.OpenClException;
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

  @Mixin private DataOption data;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RunFolder folder = RunFolder.open(run);
    RunReport report = new RunReport(folder);
    try {
      report.test(data.given() ? data.load(err) : data.loadAgain(folder.config().dataset(), err));
    } catch (IOException | UserError e) {
      if (data.given()) {
        throw e; // better no report than a poor one over a good one, for a mistyped option
      }
      report.miss("no test images: " + Failure.of(e).message());
    }
    SavedModel model = model(folder, report);
    if (model == null) {
      report.write(out, err);
      return Cli.OK;
    }
    try (DeviceBackend backend = compute.open(model)) {
      report.write(backend, model, out, err);
    } catch (NoDeviceException | OpenClException e) {
      if (compute.given()) {
        throw e;
      }
      report.miss("nothing was encoded: " + e.getMessage());
      report.write(out, err);
    }
    return Cli.OK;
  }

  private static SavedModel model(RunFolder folder, RunReport report) {
    if (!Files.exists(folder.model())) {
      return null; // the report says so
    }
    try {
      return SavedModel.read(folder.model());
    } catch (IOException e) {
      report.miss(IoMessages.sentence(e));
      return null;
    }
  }
}
