package vaeocl.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Headless Chromium with one page, driven by the DevTools protocol.
 *
 * <p>Longer than 250 lines: one owner of a process, its folder and its socket.
 */
final class Chromium implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 600;

  private final Path profile;
  private final Process process;
  private WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private String target;
  private String session;

  /** A browser without a page yet; the test is skipped where there is none. */
  static Chromium start() throws Exception {
    Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    Assumptions.assumeTrue(program != null, "no Chromium on this machine: page not tested");
    return new Chromium(program);
  }

  private Chromium(Path program) throws Exception {
    profile = Files.createTempDirectory("vae-ocl-chromium");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    List<String> address = address();
    URI uri = URI.create("ws://127.0.0.1:" + address.get(0) + address.get(1));
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(uri, new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Port and path, from the file that the browser writes when it listens. */
  private List<String> address() throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 20; i++) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return lines;
        }
      }
      Thread.sleep(50);
    }
    close();
    return Assertions.fail("Chromium did not start");
  }

  /** Calls a method of the protocol and waits for its result. */
  JsonNode call(String method, Map<String, ?> params) throws Exception {
    int id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(params));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(JSON.writeValueAsString(message), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode reply = answer.get(SECONDS, TimeUnit.SECONDS);
    if (reply.has("error")) {
      Assertions.fail(method + ": " + reply.get("error"));
    }
    return reply.get("result");
  }

  /** Opens a page of that size, instead of the one before, and waits until it is complete. */
  void open(Path file, int width, int height) throws Exception {
    if (session != null) {
      session = null;
      call("Target.closeTarget", Map.of("targetId", target));
    }
    target = call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    call("Emulation.setTouchEmulationEnabled", Map.of("enabled", width < 500));
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", Map.of());
    }
    events.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    await("document.readyState === 'complete' && location.protocol === 'file:'");
  }

  /** The value of a JavaScript expression. */
  JsonNode eval(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      Assertions.fail(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    for (int i = 0; i < SECONDS * 20; i++) {
      if (eval(expression).asBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    Assertions.fail("never true: " + expression);
  }

  /** Moves the mouse. */
  void mouse(double x, double y) throws Exception {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  void click(double x, double y) throws Exception {
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }
  }

  /**
   * Presses a key.
   *
   * @param modifiers 8 for Shift
   */
  void key(String key, int code, int modifiers) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code,
              "modifiers",
              modifiers));
    }
  }

  /** Touches a point and lifts the finger again. */
  void touch(double x, double y) throws Exception {
    call(
        "Input.dispatchTouchEvent",
        Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", x, "y", y))));
    call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
  }

  /** Events of that method since the page was opened. */
  List<JsonNode> events(String method) {
    return events.stream()
        .filter(e -> e.path("method").asText().equals(method))
        .map(e -> e.get("params"))
        .toList();
  }

  /** Everything that the page or the browser complained of. */
  List<JsonNode> complaints() {
    List<JsonNode> all = new ArrayList<>(events("Runtime.exceptionThrown"));
    all.addAll(events("Runtime.consoleAPICalled"));
    all.addAll(events("Log.entryAdded"));
    // What a test reads from a canvas is not the page's doing.
    all.removeIf(e -> e.at("/entry/text").asText().startsWith("Canvas2D: Multiple readback"));
    return all;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        receive(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(String message) {
      try {
        JsonNode json = JSON.readTree(message);
        CompletableFuture<JsonNode> answer = waiting.remove(json.path("id").asInt());
        if (answer != null) {
          answer.complete(json);
        } else {
          events.add(json);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.abort();
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle handle : all) {
      handle.onExit().completeOnTimeout(handle, 5, TimeUnit.SECONDS).join();
      handle.destroyForcibly();
      handle.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
