package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.api.ImageSet;
import vaeocl.api.Model;
import vaeocl.api.Trainer;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.data.Dataset;
import vaeocl.data.IdxFolder;
import vaeocl.model.SavedModel;
import vaeocl.opencl.device.OpenClException;
import vaeocl.ops.Backend;
import vaeocl.reference.HostBackend;
import vaeocl.train.RunFolder;

/** A device that fails in the middle of the work. */
class DeviceFailureTest {
  private static final int LOST = -36;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path run;
  private static Dataset digits;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20, "--no-report");
    run = temp.resolve("run");
    training.ok(run, 1);
    digits = IdxFolder.read(training.digits());
  }

  @Test
  void whatToDoStandsBehindTheLongestBuildLog() throws IOException {
    Path kernels = temp.resolve("kernels");
    KernelFiles.copy(kernels);
    Path broken = kernels.resolve("cpu/dense_forward.cl");
    Files.writeString(broken, "int a = ;\n".repeat(100), StandardOpenOption.APPEND);
    Outcome o =
        CommandRun.run("generate", run, "--out", temp.resolve("g.png"), "--kernels", kernels);
    CommandRun.assertFails(o, Cli.FAILED, "clBuildProgram(cpu/dense_forward.cl");
    assertTrue(o.err().endsWith("where --kernels names its folder\n"), o.err());
  }

  @Test
  void aTrainingSaysHowToGoOn() throws IOException {
    RunFolder folder = RunFolder.openToTrain(run);
    TrainSession session =
        new TrainSession(new PrintWriter(out), new PrintWriter(err), false, null);
    try (folder;
        Device device = DeviceSetup.of(Pocl.device()).open()) {
      Trainer trainer =
          Trainer.resume(folder.checkpoint(), new ImageSet(digits))
              .epochs(2)
              .listener(
                  epoch -> {
                    throw new OpenClException("clFinish", LOST);
                  });
      RunFailure failure =
          assertThrows(RunFailure.class, () -> session.train(trainer, device, folder));
      String expected = "; then go on with --resume " + run;
      assertTrue(failure.getMessage().endsWith(expected), failure.getMessage());
    }
  }

  /** A backend whose reads fail from the nth on. */
  private static Backend losing(int nth) {
    HostBackend host = new HostBackend();
    int[] reads = {0};
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("read") && ++reads[0] >= nth) {
                throw new OpenClException("clEnqueueReadBuffer", LOST);
              }
              try {
                return method.invoke(host, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aReportIsDrawnWithoutTheDevice() throws IOException {
    RunFolder folder = RunFolder.open(run);
    RunReport report = new RunReport(folder, folder.path());
    report.test(digits);
    SavedModel model = SavedModel.read(folder.model());
    PrintWriter lines = new PrintWriter(out);
    PrintWriter warnings = new PrintWriter(err);
    try (Model lost = Model.on(losing(2), model)) { // the first reads codes, the second images
      assertThrows(OpenClException.class, () -> report.write(lost, lines, warnings));
    }
    report.write(lines, warnings);
    assertTrue(out.toString().startsWith("Report: "), out.toString());
    assertTrue(Files.exists(run.resolve("report.html")));
  }
}
