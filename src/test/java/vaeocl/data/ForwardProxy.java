package vaeocl.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on the loopback address: takes every host for one server, and refuses to open tunnels,
 * which lead to servers of https.
 */
final class ForwardProxy implements AutoCloseable {
  /** First lines of requests, each with the login that came with it, or "-". */
  final List<String> seen = new CopyOnWriteArrayList<>();

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI target;
  private final boolean asks;

  /**
   * @param target the server
   * @param asks whether it wants a login, any
   */
  ForwardProxy(URI target, boolean asks) throws IOException {
    this.target = target;
    this.asks = asks;
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** HOST:PORT. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          answer(socket);
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String first = in.readLine();
    if (first == null) {
      return;
    }
    String login = "-";
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: ")) {
        login = line.substring(line.indexOf(' ') + 1);
      }
    }
    seen.add(first + " " + login);
    String[] words = first.split(" ", -1);
    if (asks && login.equals("-")) {
      send(socket, "407 Login\r\nProxy-Authenticate: Basic realm=\"here\"", new byte[0]);
    } else if (words[0].equals("CONNECT")) {
      send(socket, "502 Bad Gateway", new byte[0]);
    } else {
      URI there = target.resolve(URI.create(words[1]).getPath());
      try (var body = there.toURL().openConnection(Proxy.NO_PROXY).getInputStream()) {
        send(socket, "200 OK", body.readAllBytes());
      }
    }
  }

  private static void send(Socket socket, String status, byte[] body) throws IOException {
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(body);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
