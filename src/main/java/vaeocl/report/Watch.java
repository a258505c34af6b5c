package vaeocl.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import vaeocl.model.EpochResult;

/**
 * Shows a training in the browser while it runs: the report's page with what there is so far, on
 * the loopback address alone. It only answers, and nothing that is sent to it changes anything;
 * requests under another host's name are refused, so that no page elsewhere can read it.
 */
public final class Watch implements AutoCloseable {
  /** How long a browser that looked a moment ago may take to fetch the finished report. */
  private static final int GRACE_SECONDS = 4;

  private final HttpServer server;
  private final ExecutorService executor;
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

  private Watch(HttpServer server, Path folder, RunData data, int epochs) {
    this.server = server;
    this.folder = folder;
    this.data = data;
    this.epochs = epochs;
    rows.addAll(data.metrics());
    executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "watch");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param port 0 for any that is free
   * @param data of the run so far: its configuration, and epochs before a resumption
   * @throws IOException if the port is taken
   */
  public static Watch open(int port, Path folder, RunData data, int epochs) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      return new Watch(HttpServer.create(address, 0), folder, data, epochs);
    } catch (BindException e) {
      throw new IOException("--watch: port " + port + " cannot be had; choose another", e);
    }
  }

  /** Where to look. */
  public String address() {
    return "http://localhost:" + port() + "/";
  }

  private int port() {
    return server.getAddress().getPort();
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

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      Set<String> hosts = Set.of("localhost:" + port(), "127.0.0.1:" + port(), "[::1]:" + port());
      if (host == null || !hosts.contains(host)) {
        send(exchange, 403, "text/plain", bytes("this is " + address()));
      } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain", bytes("read-only"));
      } else {
        switch (exchange.getRequestURI().getPath()) {
          case "/" -> sendPage(exchange);
          case "/progress.json" -> send(exchange, 200, "application/json", bytes(progress()));
          default -> send(exchange, 404, "text/plain", bytes("there is only " + address()));
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Without memory for the page the training goes on, and whoever looks is told. */
  private void sendPage(HttpExchange exchange) throws IOException {
    try {
      send(exchange, 200, "text/html", page());
    } catch (OutOfMemoryError e) {
      send(exchange, 503, "text/plain", bytes("no memory for the page: give Java more with -Xmx"));
    }
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

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
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
    server.stop(0);
    executor.shutdownNow();
  }
}
