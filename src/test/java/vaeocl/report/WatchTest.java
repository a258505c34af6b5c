package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of a training under way answers, and to whom. */
class WatchTest {
  @TempDir Path folder;
  private Watch watch;
  private int port;

  private record Answer(int status, String head, String body) {}

  @BeforeEach
  void open() throws IOException {
    RunData data = RunData.begun("{\"epochs\": 3, \"dataset\": {\"name\": \"mnist\"}}");
    watch = Watch.open(0, folder, data, 3);
    port = URI.create(watch.address()).getPort();
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void withoutMemoryForThePageTheWatcherIsTold() throws IOException {
    watch.close();
    Map<String, JsonNode> exhausted =
        new AbstractMap<>() {
          @Override
          public Set<Map.Entry<String, JsonNode>> entrySet() {
            throw new OutOfMemoryError("planted");
          }
        };
    ObjectNode config = new ObjectNode(JsonNodeFactory.instance, exhausted);
    RunData data = new RunData(config, List.of(), null, null, null, null, Map.of(), null);
    watch = Watch.open(0, folder, data, 3);
    port = URI.create(watch.address()).getPort();
    Answer answer = ask("GET /", "localhost:" + port);
    assertEquals(503, answer.status());
    assertEquals("no memory for the page: give Java more with -Xmx", answer.body());
    assertEquals(200, ask("GET /progress.json", "localhost:" + port).status());
  }

  /** A request by hand: HTTP clients do not let a test choose the host's name. */
  private Answer ask(String request, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      String text = all.toString(StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      int status = Integer.parseInt(text.split(" ", 3)[1]);
      return new Answer(status, text.substring(0, end), text.substring(end + 4));
    }
  }

  private Answer get(String path) throws IOException {
    return ask("GET " + path, "localhost:" + port);
  }

  @Test
  void thePageGrowsWithTheRun() throws IOException {
    Answer before = get("/");
    assertEquals(200, before.status());
    assertTrue(before.body().contains("chart-loss") && before.body().contains("live-bar"));
    assertFalse(before.body().contains("<table class=\"metrics\">"));
    watch.progress(1, 5, 10);
    watch.add(SmallRun.metrics(1).get(0));
    JsonNode state = new ObjectMapper().readTree(get("/progress.json").body());
    assertEquals(5, state.get("step").asInt());
    assertEquals(3, state.get("epochs").asInt());
    assertEquals(49.0, state.get("metrics").get(0).get("loss").asDouble());
    assertFalse(state.get("finished").asBoolean());
    assertTrue(get("/").body().contains("<table class=\"metrics\">"));
    Files.writeString(folder.resolve("report.html"), "the report");
    assertTrue(get("/").body().contains("live-bar"), "an older report is not this run's");
    watch.finish();
    assertEquals("the report", get("/").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:PORT", "localhost", "localhost:1", ""})
  void otherHostsAreRefused(String host) throws IOException {
    for (String path : List.of("/", "/progress.json")) {
      Answer answer = ask("GET " + path, host.replace("PORT", Integer.toString(port)));
      assertTrue(answer.status() == 403 || answer.status() == 400, answer.head());
      assertFalse(answer.body().contains("live-bar") || answer.body().contains("epochs"));
    }
  }

  @Test
  void thisComputersNamesAreNot() throws IOException {
    for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
      assertEquals(200, ask("GET /", host + ":" + port).status());
    }
    Answer head = ask("HEAD /", "localhost:" + port);
    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertTrue(head.head().toLowerCase(java.util.Locale.ROOT).contains("nosniff"), head.head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /", "PUT /", "DELETE /", "POST /progress.json"})
  void itOnlyAnswers(String request) throws IOException {
    assertEquals(405, ask(request, "localhost:" + port).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config.json", "/../config.json", "/report.html", "//", "/%2e%2e/x"})
  void nothingElseIsServed(String path) throws IOException {
    Files.writeString(folder.resolve("config.json"), "secret");
    Answer answer = get(path);
    assertTrue(answer.status() == 404 || answer.status() == 400, path + ": " + answer.head());
    assertFalse(answer.body().contains("secret"));
  }

  @Test
  void otherComputersCannotConnect() throws IOException {
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(card.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          try (Socket socket = new Socket()) {
            assertThrows(
                IOException.class, () -> socket.connect(new InetSocketAddress(address, port), 500));
          }
        }
      }
    }
    assertEquals(200, get("/").status());
  }

  @Test
  void aTakenPortIsOneLine() throws IOException {
    RunData data = RunData.begun("{}");
    IOException e = assertThrows(IOException.class, () -> Watch.open(port, folder, data, 1));
    assertTrue(e.getMessage().contains("port " + port + " cannot be had"), e.getMessage());
  }
}
