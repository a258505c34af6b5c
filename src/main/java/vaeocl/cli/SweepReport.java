package vaeocl.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vaeocl.formats.ShellLine;
import vaeocl.model.EpochResult;
import vaeocl.sweep.Plan;
import vaeocl.sweep.Task;
import vaeocl.train.Training;

/** Prints a sweep: a line a training, a bar of epochs where somebody watches. */
final class SweepReport implements AutoCloseable {
  private final Plan plan;
  private final int epochs;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Progress bar;
  private final List<String> failures = new ArrayList<>();
  private int finished;
  private int elsewhere;
  private int done;
  private double own;
  private final long begin = System.nanoTime();

  /**
   * @param finished trainings that are finished already
   * @param epochs of all others
   */
  SweepReport(
      Plan plan, int finished, int epochs, PrintWriter out, PrintWriter err, PrintStream stderr) {
    this.plan = plan;
    this.finished = finished;
    this.epochs = epochs;
    this.out = out;
    this.err = err;
    bar = new Progress("Sweep", " epochs", stderr);
    if (finished > 0) {
      say("Finished already: " + finished + " of " + plan.tasks().size());
    }
  }

  /** Hears of trainings as they go on. */
  Training.Listener listener() {
    return new Training.Listener() {
      @Override
      public void begin(int epoch, int steps) {
        synchronized (SweepReport.this) {
          bar.tick(done, epochs);
        }
      }

      @Override
      public void step(int steps) {}

      @Override
      public void end(EpochResult result) {
        synchronized (SweepReport.this) {
          bar.tick(++done, epochs);
        }
      }
    };
  }

  /** A training came to its end. */
  synchronized void end(Task task, SweepHost.Trained trained) {
    finished++;
    own += trained.seconds();
    EpochResult last = trained.epochs().get(trained.epochs().size() - 1);
    say(
        String.format(
            Locale.ROOT,
            "[%d/%d] %s | Loss: %.4f | PSNR: %.3f | SSIM: %s | KL: %.4f | %.1f s",
            task.number(),
            plan.tasks().size(),
            task.folder(),
            last.training().loss(),
            last.sampled().psnr(),
            last.sampled().ssimText(3),
            last.training().kl(),
            trained.seconds()));
  }

  /** Another process does a training. */
  synchronized void elsewhere(Task task) {
    elsewhere++;
    say(numbered(task) + " is in use by another training: left to it");
  }

  /** A training failed, which is also said at the end. */
  synchronized void failed(Task task, String reason) {
    failures.add(numbered(task) + ": " + reason);
    complain(failures.get(failures.size() - 1));
  }

  /** The sweep was stopped. */
  void stopped(String command) {
    say("Stopped: " + finished + " of " + plan.tasks().size() + " are finished");
    say("Go on with: " + command);
  }

  /**
   * All has been done that can be.
   *
   * @return the exit status
   */
  int closing(Path folder) {
    double all = (System.nanoTime() - begin) / 1e9;
    String times =
        own > 0 ? String.format(Locale.ROOT, " in %.1f s, by themselves in %.1f s", all, own) : "";
    say(
        finished
            + " of "
            + plan.tasks().size()
            + " trainings are finished"
            + times
            + (elsewhere > 0 ? ", others do " + elsewhere : ""));
    if (finished > 0) {
      say("Compare them: " + ShellLine.program() + " compare " + ShellLine.quoted(folder));
    }
    if (failures.isEmpty()) {
      return Cli.OK;
    }
    complain(failures.size() + " failed:");
    failures.forEach(this::complain);
    return Cli.FAILED;
  }

  private String numbered(Task task) {
    return "[" + task.number() + "/" + plan.tasks().size() + "] " + task.folder();
  }

  private void complain(String line) {
    bar.close();
    err.println("vae-ocl: " + line);
    err.flush();
  }

  private void say(String line) {
    bar.close();
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    bar.close();
  }
}
