package vaeocl.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import vaeocl.formats.Idx;

/** A loopback web server with a small data set, whole under /good/ and broken in other folders. */
final class Mirror implements AutoCloseable {
  final Dataset data = Digits.draw(30, 12, 5);
  final AtomicInteger requests = new AtomicInteger();
  final CountDownLatch stalled = new CountDownLatch(1);

  /** Where requests of two clients wait for each other, below /meeting/. */
  final CyclicBarrier meeting = new CyclicBarrier(2);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Idx> files = new TreeMap<>();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final HttpServer server;

  Mirror() throws IOException {
    files.put(IdxFolder.TRAIN_IMAGES, Checksums.idx(data.train()));
    files.put(IdxFolder.TRAIN_LABELS, Checksums.idx(data.trainLabels()));
    files.put(IdxFolder.TEST_IMAGES, Checksums.idx(data.test()));
    files.put(IdxFolder.TEST_LABELS, Checksums.idx(data.testLabels()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What {@link Catalogue} is to look for, in these folders of this server in turn. */
  Published published(String... folders) {
    List<URI> mirrors =
        Arrays.stream(folders)
            .map(f -> "http://127.0.0.1:" + server.getAddress().getPort() + "/" + f + "/")
            .map(URI::create)
            .toList();
    Map<String, String> sums = new TreeMap<>();
    files.forEach((name, idx) -> sums.put(name, Checksums.of(idx)));
    return new Published("mnist", "MNIST", mirrors, sums, data.sha256(), data.checksums().images());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    Idx idx = files.get(path[2].replace(".gz", ""));
    byte[] body = gzip(Idx.header(idx.dims()), idx.data());
    try (exchange) {
      switch (path[1]) {
        case "good" -> send(exchange, 200, body.length, body);
        case "forbidden" -> send(exchange, 403, body.length, body);
        case "empty" -> send(exchange, 200, 0, new byte[0]);
        case "half" -> send(exchange, 200, 0, Arrays.copyOf(body, body.length / 2));
        case "meeting" -> {
          meeting.await();
          send(exchange, 200, body.length, body);
        }
        case "error" -> send(exchange, 500, body.length, body);
        case "html" ->
            send(exchange, 200, 0, "<html>Sign in</html>\n".getBytes(StandardCharsets.UTF_8));
        case "truncated" -> send(exchange, 200, 0, Arrays.copyOf(body, body.length - 9));
        case "endless" -> send(exchange, 200, 0, new byte[1 << 20]);
        case "labels-missing" ->
            send(exchange, path[2].contains("labels") ? 404 : 200, body.length, body);
        case "other" -> {
          byte[] other = idx.data().clone();
          other[0]++;
          send(exchange, 200, 0, gzip(Idx.header(idx.dims()), other));
        }
        case "stall" -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body, 0, 12);
          exchange.getResponseBody().flush();
          stalled.countDown();
          closing.await();
        }
        default -> throw new IllegalArgumentException(path[1]);
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client hung up, which is part of the tests.
    }
  }

  /** Sends {@code body}, announced as {@code length} bytes; 0 announces nothing. */
  private static void send(HttpExchange exchange, int status, int length, byte[] body)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  private static byte[] gzip(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (byte[] part : parts) {
        gzip.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    pool.shutdownNow();
  }
}
