package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.data.Dataset;
import vaeocl.model.Vae;
import vaeocl.opencl.DeviceBackend;
import vaeocl.train.EventLog;
import vaeocl.train.Parts;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/** {@code --tensorboard}: a training that other programs can watch. */
final class TensorBoardOption {
  @Option(
      names = "--tensorboard",
      description =
          "Write an event file of TensorBoard's into the run's folder, with pictures and"
              + " histograms, and metrics.jsonl. A run that has them goes on with them.")
  private boolean wanted;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Trains, with a log where one is wanted or there is one. */
  int train(
      TrainHost host,
      DeviceBackend backend,
      RunConfig run,
      Dataset data,
      RunFolder folder,
      TrainHost.Beginning beginning)
      throws IOException {
    if (!wanted && !EventLog.in(folder)) {
      return host.train(backend, run, data, folder, beginning);
    }
    Vae vae = new Vae(data.train().size(), run.vae());
    try (EventLog log =
        new EventLog(backend, vae, Parts.test(data, run.vae()), run.epochs(), folder, this::warn)) {
      return host.train(backend, run, data, folder, t -> beginning.of(t.heardBy(log)));
    }
  }

  private void warn(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("vae-ocl: warning: " + what);
    err.flush();
  }
}
