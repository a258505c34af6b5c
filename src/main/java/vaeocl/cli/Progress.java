package vaeocl.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import vaeocl.train.Ticker;

/** A bar on standard error where somebody watches, with the time that is left. */
final class Progress implements Ticker, AutoCloseable {
  private final String task;
  private final String unit;
  private final PrintStream err;
  private final long start = System.nanoTime();
  private ProgressBar bar;

  /**
   * @param unit behind the numbers, with a space before it
   */
  Progress(String task, String unit, PrintStream err) {
    this.task = task;
    this.unit = unit;
    this.err = err;
  }

  @Override
  public void tick(int done, int all) {
    if (bar == null && Terminal.onStandardError()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(all)
              .startsFrom(done, Duration.ofNanos(System.nanoTime() - start))
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setUnit(unit, 1)
              .setConsumer(new ConsoleProgressBarConsumer(err))
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Takes the bar away until the next tick. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
