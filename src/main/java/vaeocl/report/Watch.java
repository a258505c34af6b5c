package vaeocl.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vaeocl.model.EpochResult;

/**
 * Shows a training in the browser while it runs: the report's page with what there is so far, on
 * this computer alone. It only answers, and nothing that is sent to it changes anything.
 */
public final class Watch implements AutoCloseable {
  /** How long a browser that looked a moment ago may take to fetch the finished report. */
  private static final int GRACE_SECONDS = 4;

  private final LoopbackServer server;
  private final Path folder;
  private final RunData data;
  private final int epochs;
  private final CountDownLatch fetched = new CountDownLatch(1);
  private final List<EpochResult> rows = new ArrayList<>();
  private int epoch;
  private int step;
  private int steps;
  private boolean finished;
  private long lastSeen = Long.MIN_VALUE;

  private Watch(int port, Path folder, RunData data, int epochs) throws IOException {
    this.folder = folder;
    this.data = data;
    this.epochs = epochs;
    rows.addAll(data.metrics());
    server = LoopbackServer.open(port, this::page);
  }

  /**
   * Begins to serve.
   *
   * @param port 0 for any that is free
   * @param data of the run so far: its configuration, and epochs before a resumption
   * @throws IOException if the port is taken
   */
  public static Watch open(int port, Path folder, RunData data, int epochs) throws IOException {
    try {
      return new Watch(port, folder, data, epochs);
    } catch (BindException e) {
      throw new IOException("--watch: port " + port + " cannot be had; choose another", e);
    }
  }

  /** Where to look. */
  public String address() {
    return server.address();
  }

  /** How far the training has come. */
  public synchronized void progress(int newEpoch, int newStep, int newSteps) {
    epoch = newEpoch;
    step = newStep;
    steps = newSteps;
  }

  /** An epoch is done. */
  public synchronized void add(EpochResult row) {
    rows.add(row);
  }

  /** The run is at its end, and its report is in the folder. */
  public synchronized void finish() {
    finished = true;
  }

  private LoopbackServer.Page page(String path) throws IOException {
    return switch (path) {
      case "/" -> new LoopbackServer.Page("text/html", page());
      case "/progress.json" -> LoopbackServer.Page.of("application/json", progress());
      default -> null;
    };
  }

  private byte[] page() throws IOException {
    Path report = folder.resolve(Report.PAGE);
    boolean done;
    List<EpochResult> now;
    synchronized (this) {
      done = finished;
      now = List.copyOf(rows);
    }
    if (done && Files.exists(report)) {
      byte[] page = Files.readAllBytes(report);
      fetched.countDown();
      return page;
    }
    return Report.live(data.withMetrics(now));
  }

  private synchronized String progress() throws IOException {
    lastSeen = System.nanoTime();
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("finished", finished).put("epoch", epoch).put("epochs", epochs);
    state.put("step", step).put("steps", steps);
    ArrayNode metrics = state.putArray("metrics");
    EpochJson.add(rows, metrics);
    return new ObjectMapper().writeValueAsString(state);
  }

  private synchronized boolean waitedFor() {
    long quiet = System.nanoTime() - lastSeen;
    return finished
        && lastSeen != Long.MIN_VALUE
        && quiet < TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
  }

  /** Stops to serve; a browser that follows gets the finished report first. */
  @Override
  public void close() {
    try {
      if (waitedFor() && fetched.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        Thread.sleep(100); // the answer is on its way
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
