package vaeocl.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import vaeocl.formats.FormatException;
import vaeocl.formats.TextFile;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.sweep.Plan;
import vaeocl.sweep.Task;
import vaeocl.train.InUseException;
import vaeocl.train.RunFolder;

/** Does the tasks of a plan: begins them, goes on with them, leaves alone what is finished. */
final class SweepRunner {
  /** In a run's folder, what its plan said as it began. */
  private static final String OPTIONS = "options.txt";

  static final PrintWriter SILENT = new PrintWriter(Writer.nullWriter());

  private final Plan plan;
  private final Path folder;
  private final String again;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param again the command that goes on with the plan
   */
  SweepRunner(Plan plan, Path folder, String again, PrintWriter out, PrintWriter err) {
    this.plan = plan;
    this.folder = folder;
    this.again = again;
    this.out = out;
    this.err = err;
  }

  /** Does one task, with all that a training prints; its exit status. */
  int one(Task task) throws IOException {
    if (finished(task)) {
      out.println("Finished already: " + run(task));
      return Cli.OK;
    }
    TrainSession session = new TrainSession(out, err, false, null);
    return training(task, List.of(), out).run(session);
  }

  /**
   * Does all tasks, one after another on each device.
   *
   * @param everyDevice whether on all of this machine, else on the one of the plan
   * @return the exit status
   */
  int all(boolean everyDevice) throws IOException {
    return all(
        everyDevice ? devices() : List.of(List.of()),
        (waiting, device, stop, report) -> {
          try (OpenDevices devices = new OpenDevices()) {
            work(waiting, device, stop, report, new LoadedImages(), devices);
          }
        });
  }

  /**
   * Does all tasks on the plan's device, with what others use afterwards.
   *
   * @return the exit status
   */
  int all(ImageLoader images, OpenDevices devices) throws IOException {
    return all(
        List.of(List.of()),
        (waiting, device, stop, report) -> work(waiting, device, stop, report, images, devices));
  }

  /** Does what waits, with options that name its device. */
  private interface Worker {
    void work(Queue<Task> waiting, List<String> device, StopSignals stop, SweepReport report);
  }

  private int all(List<List<String>> each, Worker does) throws IOException {
    Queue<Task> waiting = new ConcurrentLinkedQueue<>();
    int finished = 0;
    for (Task task : plan.tasks()) {
      if (finishedOrBroken(task)) {
        finished++;
      } else {
        waiting.add(task);
      }
    }
    PrintStream stderr = StandardStream.err();
    try (StopSignals stop = new StopSignals(stderr);
        SweepReport report = new SweepReport(plan, finished, epochs(waiting), out, err, stderr)) {
      List<Thread> workers = new ArrayList<>();
      for (List<String> device : each) {
        Thread worker =
            new Thread(() -> does.work(waiting, device, stop, report), "sweep" + device);
        workers.add(worker);
        worker.start();
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (stop.getAsBoolean()) {
        report.stopped(again);
        return stop.status();
      }
      return report.closing(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Cli.FAILED;
    }
  }

  private void work(
      Queue<Task> waiting,
      List<String> device,
      StopSignals stop,
      SweepReport report,
      ImageLoader images,
      OpenDevices devices) {
    SweepHost host = new SweepHost(stop, report.listener(), images, devices);
    for (Task task = waiting.poll(); task != null && !stop.getAsBoolean(); task = waiting.poll()) {
      try {
        int status = training(task, device, SILENT).run(host);
        if (status == Cli.OK) {
          report.end(task, host.result());
        }
      } catch (InUseException e) {
        report.elsewhere(task);
      } catch (IOException | RuntimeException | Error e) {
        report.failed(task, Failure.of(e).message());
        host.reopen();
      }
    }
  }

  /** Whether nothing is left to do, by whoever did it. */
  boolean finished() throws IOException {
    for (Task task : plan.tasks()) {
      if (!finished(task)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether nothing is left to do; a folder that cannot be read is told as its task's turn comes.
   */
  private boolean finishedOrBroken(Task task) {
    try {
      return finished(task);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean finished(Task task) throws IOException {
    Path run = run(task);
    if (!RunFolder.holdsRun(run)) {
      return false;
    }
    requireSame(task);
    try (RunFolder opened = RunFolder.open(run)) {
      return opened.finished();
    }
  }

  /**
   * A run goes on as it was begun.
   *
   * @throws FormatException if the plan says something else by now
   */
  private void requireSame(Task task) throws FormatException {
    Path file = run(task).resolve(OPTIONS);
    String line = "line " + (task.number() + 1) + " of " + folder.resolve(Plan.FILE);
    if (!Files.exists(file)) {
      throw new FormatException(
          run(task), "holds a run that was not begun by " + line + "; name another folder there");
    }
    String before = TextFile.read(file).strip();
    if (!before.equals(task.line())) {
      throw new FormatException(
          run(task),
          "was begun with %s where %s now says %s; put that back, or name another folder there"
              .formatted(before, line, task.line()));
    }
  }

  /** The command that begins a task, or goes on with it. */
  private TrainCommand training(Task task, List<String> device, PrintWriter lines)
      throws IOException {
    Path run = run(task);
    List<String> words = new ArrayList<>(device);
    if (RunFolder.holdsRun(run)) {
      requireSame(task);
      words.add("--resume=" + run);
      task.options().stream().filter(SelfTestOption.NAME::equals).forEach(words::add);
    } else {
      Files.createDirectories(run);
      TextFile.write(run.resolve(OPTIONS), task.line() + "\n");
      words.addAll(task.options());
      words.add("--out=" + run);
    }
    return TrainOptions.parse(words, lines, err);
  }

  private Path run(Task task) {
    return folder.resolve(task.folder());
  }

  private static int epochs(Queue<Task> tasks) throws IOException {
    int epochs = 0;
    for (Task task : tasks) {
      epochs += TrainOptions.parse(task.options(), SILENT, SILENT).epochs();
    }
    return epochs;
  }

  private static List<List<String>> devices() {
    List<ClDevice> all = Devices.list().stream().flatMap(p -> p.devices().stream()).toList();
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).info().problem().isEmpty())
        .mapToObj(i -> List.of("--device=" + i))
        .toList();
  }
}
