package vaeocl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, read as curl reads it: https_proxy, http_proxy, else
 * all_proxy; no_proxy lists the hosts that need none. Names in lower case win over those in upper
 * case; an empty value counts as unset. Proxies of Java's own properties (https.proxyHost) come
 * first: whoever sets those means this program alone.
 */
final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 1080; // curl's

  /** Of no_proxy: a host, a domain with or without a dot before it, an address; a port or none. */
  private static final Pattern ENTRY =
      Pattern.compile("(?i)(?:\\*?\\.)?(\\[[^]]+]|[^:]+|[0-9a-f]*(?::[0-9a-f]*){2,})(?::(\\d+))?");

  static {
    // By default the JDK sends no password to a proxy of https, which here the user asked for. It
    // reads this when the first client is made.
    String property = "jdk.http.auth.tunneling.disabledSchemes";
    System.setProperty(property, System.getProperty(property, ""));
  }

  private final UnaryOperator<String> environment;

  /**
   * A proxy.
   *
   * @param by the variable that names it, or "Java's properties"
   * @param login USER:PASSWORD; null where none is needed
   */
  record Named(String by, String host, int port, String login) {
    /** Answers the proxy, and no other server; none where the proxy asks for no password. */
    Optional<Authenticator> authenticator() {
      return Optional.ofNullable(login).map(Login::new);
    }

    /** For people, without the password. */
    @Override
    public String toString() {
      return "the proxy " + host + ":" + port + " (" + by + ")";
    }
  }

  private static final class Login extends Authenticator {
    private final String[] parts;

    Login(String login) {
      parts = login.contains(":") ? login.split(":", 2) : new String[] {login, ""};
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? new PasswordAuthentication(parts[0], parts[1].toCharArray())
          : null;
    }
  }

  /**
   * @param environment variables by name, or null for those that are not set
   */
  Proxies(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * The proxy on the way to a server.
   *
   * @throws IOException in one line, if the variable names none that can be used
   */
  Optional<Named> find(URI server) throws IOException {
    Optional<Named> properties = ofProperties(server);
    if (properties.isPresent() || isExcluded(server)) {
      return properties;
    }
    String own = server.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    Optional<String> variable =
        Stream.of(own, "all_proxy").flatMap(this::spellings).filter(this::isSet).findFirst();
    return variable.isEmpty() ? Optional.empty() : Optional.of(parse(variable.get()));
  }

  private static Optional<Named> ofProperties(URI server) {
    ProxySelector java = ProxySelector.getDefault();
    return java == null
        ? Optional.empty()
        : java.select(server).stream()
            .filter(proxy -> proxy.address() instanceof InetSocketAddress)
            .map(proxy -> (InetSocketAddress) proxy.address())
            .map(at -> new Named("Java's properties", at.getHostString(), at.getPort(), null))
            .findFirst();
  }

  /** A server of the web sets HTTP_PROXY from a request's header "Proxy": nobody reads that. */
  private Stream<String> spellings(String name) {
    return name.equals("http_proxy")
        ? Stream.of(name)
        : Stream.of(name, name.toUpperCase(Locale.ROOT));
  }

  private boolean isSet(String name) {
    String value = environment.apply(name);
    return value != null && !value.isBlank();
  }

  private Named parse(String variable) throws IOException {
    String value = environment.apply(variable).strip();
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() != null && uri.getScheme().equalsIgnoreCase("http")) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new Named(variable, uri.getHost(), port, uri.getUserInfo());
      }
    } catch (IllegalArgumentException e) {
      // Said below, and without the value, which may hold a password.
    }
    throw new IOException(variable + " names no proxy that can be used; write http://HOST:PORT");
  }

  /** Whether no_proxy lists a server: as "*", or by its host or a domain above, maybe a port. */
  private boolean isExcluded(URI server) {
    int usual = server.getScheme().equalsIgnoreCase("http") ? 80 : 443;
    int port = server.getPort() < 0 ? usual : server.getPort();
    String host = bare(server.getHost());
    return spellings("no_proxy")
        .filter(this::isSet)
        .limit(1)
        .flatMap(name -> Stream.of(environment.apply(name).strip().split("[,\\s]+")))
        .map(ENTRY::matcher)
        .filter(Matcher::matches)
        .filter(entry -> entry.group(2) == null || entry.group(2).equals(Integer.toString(port)))
        .map(entry -> bare(entry.group(1)))
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  /** A host as it is compared: addresses of IPv6 without brackets. */
  private static String bare(String host) {
    return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
  }

  /** " through" the proxy on the way to a server, to follow its name; "" where there is none. */
  String describe(URI server) {
    try {
      return find(server).map(proxy -> " through " + proxy).orElse("");
    } catch (IOException e) {
      return ""; // which says so itself
    }
  }

  @Override
  public List<Proxy> select(URI server) {
    try {
      return List.of(
          find(server)
              .map(p -> InetSocketAddress.createUnresolved(p.host(), p.port()))
              .map(address -> new Proxy(Proxy.Type.HTTP, address))
              .orElse(Proxy.NO_PROXY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void connectFailed(URI server, SocketAddress address, IOException e) {
    // The client says it too.
  }
}
