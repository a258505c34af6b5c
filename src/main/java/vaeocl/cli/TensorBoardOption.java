package vaeocl.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.api.Trainer;

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

  /** Has a training log where it is wanted. */
  Trainer of(Trainer trainer) {
    return trainer.tensorBoard(wanted, this::warn);
  }

  private void warn(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("vae-ocl: warning: " + what);
    err.flush();
  }
}
