package vaeocl.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Serves pages on this computer's loopback addresses alone, which are IPv4's and, where there is
 * one, IPv6's. Requests under another host's name are refused, so that no page elsewhere can read
 * these (DNS rebinding). Requests that are slow, huge, malformed or many hold up no other.
 */
final class LoopbackServer implements AutoCloseable {
  /** With any port: a tunnel has another one at its other end. */
  private static final Pattern HOSTS =
      Pattern.compile("(?i)(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d{1,5})?");

  /** One more ends the oldest, which has not sent its request yet, or does not take its answer. */
  private static final int EXCHANGES = 32;

  /** How often a free port is looked for that all addresses have. */
  private static final int TRIES = 10;

  static {
    // The JDK's server reads its limits when the first one is made. It has limits of its own for
    // the size of a request, and none for these: connections that say nothing cost a file each,
    // which the training needs for its own.
    limit("jdk.httpserver.maxConnections", 256);
    limit("sun.net.httpserver.maxReqTime", 10); // seconds
  }

  private final List<HttpServer> servers;
  private final Site site;
  private final Queue<Thread> exchanges = new ArrayDeque<>();

  /** A page as it is sent. */
  @SuppressWarnings("ArrayRecordComponent") // built, sent and gone
  record Page(String type, byte[] body) {
    static Page of(String type, String text) {
      return new Page(type, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What there is to see. */
  interface Site {
    /** The page at this path; null where there is none. */
    Page page(String path) throws IOException;
  }

  private LoopbackServer(List<HttpServer> servers, Site site) {
    this.servers = servers;
    this.site = site;
    for (HttpServer server : servers) {
      server.setExecutor(this::execute);
      server.createContext("/", this::answer);
      server.start();
    }
  }

  /**
   * Begins to serve.
   *
   * @param port the same at all addresses; 0 for any that is free
   * @throws BindException if the port is taken
   */
  static LoopbackServer open(int port, Site site) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return new LoopbackServer(bind(port), site);
      } catch (BindException e) {
        if (port != 0 || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static List<HttpServer> bind(int port) throws IOException {
    List<HttpServer> bound = new ArrayList<>();
    try {
      int same = port;
      for (String loopback : List.of("127.0.0.1", "::1")) {
        InetAddress address = InetAddress.getByName(loopback);
        if (NetworkInterface.getByInetAddress(address) != null) {
          bound.add(HttpServer.create(new InetSocketAddress(address, same), 0));
          same = bound.get(0).getAddress().getPort();
        }
      }
    } catch (IOException e) {
      bound.forEach(server -> server.stop(0));
      throw e;
    }
    if (bound.isEmpty()) {
      throw new BindException("no loopback address");
    }
    return bound;
  }

  private static void limit(String property, int value) {
    System.setProperty(property, System.getProperty(property, Integer.toString(value)));
  }

  /** Where it is, by the name that all addresses have. */
  String address() {
    return "http://localhost:" + servers.get(0).getAddress().getPort() + "/";
  }

  /** Gives each exchange a thread, since it begins before its request has arrived. */
  private synchronized void execute(Runnable exchange) {
    exchanges.removeIf(thread -> !thread.isAlive());
    if (exchanges.size() == EXCHANGES) {
      exchanges.remove().interrupt(); // which closes its connection
    }
    Thread thread = new Thread(exchange, "page");
    thread.setDaemon(true);
    thread.start();
    exchanges.add(thread);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !HOSTS.matcher(host).matches()) {
        send(exchange, 403, Page.of("text/plain", "this is " + address()));
      } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, Page.of("text/plain", "read-only"));
      } else {
        Page page = site.page(exchange.getRequestURI().getPath());
        if (page == null) {
          send(exchange, 404, Page.of("text/plain", "there is only " + address()));
        } else {
          send(exchange, 200, page);
        }
      }
    } catch (OutOfMemoryError e) {
      // The training goes on, and whoever looks is told.
      send(
          exchange, 503, Page.of("text/plain", "no memory for the page: give Java more with -Xmx"));
    } finally {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, Page page) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", page.type() + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, page.body().length);
      exchange.getResponseBody().write(page.body());
    }
  }

  /** Stops; what is under way is broken off. */
  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
