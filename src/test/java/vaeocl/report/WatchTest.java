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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;

/**
 * What the page of a training under way answers, and to whom.
 *
 * <p>Longer than 250 lines: a case for each kind of request that must not matter.
 */
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
    return ask(InetAddress.getLoopbackAddress(), request, host);
  }

  private Answer ask(InetAddress at, String request, String host) throws IOException {
    try (Socket socket = new Socket(at, port)) {
      send(socket, request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      String text = all.toString(StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      int status = Integer.parseInt(text.split(" ", 3)[1]);
      return new Answer(status, text.substring(0, end), text.substring(end + 4));
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
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
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "localhost:1.evil.example",
        "localhost:",
        "127.0.0.1.evil.example:PORT",
        "[::1].evil.example",
        "[::2]",
        ""
      })
  void otherHostsAreRefused(String host) throws IOException {
    for (String path : List.of("/", "/progress.json")) {
      Answer answer = ask("GET " + path, host.replace("PORT", Integer.toString(port)));
      assertTrue(answer.status() == 403 || answer.status() == 400, answer.head());
      assertFalse(answer.body().contains("live-bar") || answer.body().contains("epochs"));
    }
  }

  @Test
  void thisComputersNamesAreNot() throws IOException {
    for (String host : List.of("localhost", "127.0.0.1", "[::1]", "LocalHost")) {
      for (String suffix : List.of("", ":" + port, ":1", ":65535")) { // the other end of a tunnel
        assertEquals(200, ask("GET /", host + suffix).status(), host + suffix);
      }
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

  /** Browsers try both addresses of "localhost", and tunnels either. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void everyLoopbackAddressAnswers(String loopback) throws IOException {
    InetAddress address = InetAddress.getByName(loopback);
    Assumptions.assumeTrue(NetworkInterface.getByInetAddress(address) != null, "no " + loopback);
    assertEquals(200, ask(address, "GET /", "localhost:" + port).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aTakenPortIsOneLine(String loopback) throws IOException {
    InetAddress address = InetAddress.getByName(loopback);
    Assumptions.assumeTrue(NetworkInterface.getByInetAddress(address) != null, "no " + loopback);
    try (ServerSocket other = new ServerSocket(0, 1, address)) {
      int taken = other.getLocalPort();
      RunData data = RunData.begun("{}");
      IOException e = assertThrows(IOException.class, () -> Watch.open(taken, folder, data, 1));
      assertEquals(
          "--watch: port " + taken + " cannot be had; choose another", e.getMessage(), loopback);
    }
  }

  /** Far more than are served at a time, and each a part of a request. */
  @Test
  void halfRequestsKeepNobodyOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        slow.add(socket);
        send(socket, i % 2 == 0 ? "GET / HT" : "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        if (i == 0 || i == 50) {
          assertEquals(200, get("/").status());
        }
      }
      assertEquals(200, get("/progress.json").status());
      // The oldest gave way to those after it.
      assertTrue(ended(slow.get(0)));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertEquals(200, get("/").status());
  }

  /** Whether the server closes the connection, which is waited for. */
  private static boolean ended(Socket socket) throws IOException {
    socket.setSoTimeout((int) ChildJvm.HANGS.toMillis());
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // it was reset
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET mailto:x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil\r\nHost: localhost\r\n\r\n",
        "LONG"
      })
  void malformedRequestsAreOver(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      send(socket, request);
      for (int i = 0; request.equals("LONG") && i < 1000; i++) {
        send(socket, "GET /" + "x".repeat(1 << 16)); // no end of a line
      }
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertFalse(answer.contains("200 OK"), answer);
    } catch (SocketException e) {
      // It was broken off, which is as good.
    }
    assertEquals(200, get("/").status());
  }

  /** In a process of its own: the JDK's server reads its limits once. */
  @Test
  void silentConnectionsAreFew() throws Exception {
    ChildJvm.Result r = ChildJvm.runMain(Map.of(), SilentConnections.class);
    assertEquals("closed\n200\n", r.out().replace("\r", ""), r.err());
  }

  /**
   * Opens more connections that say nothing than are kept; when they are gone, somebody else is
   * answered.
   */
  static final class SilentConnections {
    private SilentConnections() {}

    public static void main(String[] args) throws IOException {
      for (String patience : List.of("idleInterval", "maxReqTime")) {
        System.setProperty(
            "sun.net.httpserver." + patience, "100000"); // so that number counts alone
      }
      WatchTest test = new WatchTest();
      test.open();
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), test.port));
      }
      System.out.println(ended(silent.get(299)) ? "closed" : "open");
      for (Socket socket : silent) {
        socket.close();
      }
      Answer answer = null;
      while (answer == null) {
        try {
          answer = test.get("/progress.json");
        } catch (IOException | IndexOutOfBoundsException e) {
          // The server has not seen yet that they are gone.
        }
      }
      System.out.println(answer.status());
      System.exit(0);
    }
  }
}
