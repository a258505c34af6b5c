package vaeocl.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches files from one mirror. Gives up early where there is no network, and at any time when
 * nothing arrives any more.
 *
 * @param connect for the name's resolution and the connection together
 * @param stall for the first byte, and between any two
 * @param maxBytes a longer answer is refused, whatever length it announces
 * @param proxies to go through
 */
record Fetch(Duration connect, Duration stall, long maxBytes, Proxies proxies) {

  /**
   * The usual limits: two mirrors, each unable to connect, take 9 s together; MNIST's largest file
   * has 10 MB.
   */
  static Fetch through(Proxies proxies) {
    return new Fetch(Duration.ofMillis(4500), Duration.ofSeconds(10), 1 << 26, proxies);
  }

  /**
   * A client whose connections to {@code mirror}, or to the proxy before it, are tried for as long
   * as is left after resolving.
   */
  HttpClient client(URI mirror) throws IOException {
    long start = System.nanoTime();
    Optional<Proxies.Named> proxy = proxies.find(mirror);
    resolve(proxy.map(Proxies.Named::host).orElse(mirror.getHost()));
    Duration left = connect.minusNanos(System.nanoTime() - start);
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies)
            .connectTimeout(
                left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    proxy.flatMap(Proxies.Named::authenticator).ifPresent(client::authenticator);
    return client.build();
  }

  /** HttpClient's own timeouts do not cover a name server that never answers. */
  private void resolve(String host) throws IOException {
    CompletableFuture<Boolean> known = new CompletableFuture<>();
    Thread thread = new Thread(() -> known.complete(isKnown(host)), "resolve");
    thread.setDaemon(true);
    thread.start();
    try {
      if (!known.get(connect.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ConnectException("the host's name cannot be resolved");
      }
    } catch (TimeoutException e) {
      throw new ConnectException("the host's name cannot be resolved in time");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static boolean isKnown(String host) {
    try {
      return InetAddress.getByName(host) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes the answer to {@code from} into {@code file}.
   *
   * @throws IOException with a short reason as its message
   * @throws InterruptedIOException if the thread was interrupted, which it then still is
   */
  void get(HttpClient client, URI from, Path file) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(from).timeout(stall).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == HttpURLConnection.HTTP_PROXY_AUTH) {
          throw new IOException("wants a login: http://USER:PASSWORD@HOST:PORT");
        }
        if (response.statusCode() != 200) {
          throw new IOException("HTTP status " + response.statusCode());
        }
        // The request's timeout ends with the answer's headers.
        Transfer.copy(body, file, stall, maxBytes);
      }
    } catch (HttpConnectTimeoutException e) {
      throw new IOException("no connection in time", e);
    } catch (HttpTimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ConnectException e) {
      throw new IOException("no connection", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
