package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;

/** Downloads behind a proxy, which the environment names as for curl. */
class ProxiesTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private Mirror mirror;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  private ForwardProxy proxy(boolean asks) throws IOException {
    return new ForwardProxy(mirror.published("good").mirrors().get(0), asks);
  }

  /** The mirror's files under a name that only a proxy knows: ".invalid" never resolves. */
  private Dataset load(String scheme, Choice choice) throws IOException {
    Published here = mirror.published("good");
    List<URI> there = List.of(URI.create(scheme + "://mirror.invalid/good/"));
    Published published =
        new Published("mnist", "MNIST", there, here.files(), here.sha256(), here.images());
    Notices notices =
        new Notices() {
          @Override
          public void progress(String line) {}

          @Override
          public void warning(String line) {
            warnings.add(line);
          }
        };
    Proxies proxies = new Proxies(environment::get);
    Fetch fetch = new Fetch(Duration.ofSeconds(20), Duration.ofSeconds(20), 100_000, proxies);
    return new Catalogue(folder.resolve("cache"), notices, List.of(published), fetch)
        .load(choice, null, null, Reading.PLAIN);
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "all_proxy", "ALL_PROXY"})
  void downloadsGoThroughTheProxy(String variable) throws IOException {
    try (ForwardProxy proxy = proxy(false)) {
      environment.put(variable, proxy.address());
      assertEquals(mirror.data.sha256(), load("http", Choice.MNIST).sha256());
      assertEquals(4, proxy.seen.size(), proxy.seen.toString());
      assertTrue(proxy.seen.get(0).startsWith("GET http://mirror.invalid"), proxy.seen.get(0));
    }
  }

  @Test
  void theLoginGoesToTheProxy() throws IOException {
    try (ForwardProxy proxy = proxy(true)) {
      environment.put("http_proxy", "http://me:p%40ss:word@" + proxy.address() + "/");
      assertEquals(mirror.data.sha256(), load("http", Choice.MNIST).sha256());
      String last = proxy.seen.get(proxy.seen.size() - 1);
      assertTrue(last.endsWith(basic("me:p@ss:word")), last);
    }
  }

  @Test
  void tunnelsAreAskedForWithTheLogin() throws IOException {
    try (ForwardProxy proxy = proxy(true)) {
      environment.put("HTTPS_PROXY", "me:secret@" + proxy.address());
      String message =
          assertThrows(DownloadException.class, () -> load("https", Choice.MNIST)).getMessage();
      String last = proxy.seen.get(proxy.seen.size() - 1);
      assertEquals("CONNECT mirror.invalid:443 HTTP/1.1 " + basic("me:secret"), last);
      String through = "mirror.invalid through the proxy " + proxy.address() + " (HTTPS_PROXY): ";
      assertTrue(message.contains(through + "Tunnel failed, got: 502"), message);
      assertFalse(message.contains("secret"), message);
    }
  }

  @Test
  void aProxyThatWantsALoginIsSaid() throws IOException {
    try (ForwardProxy proxy = proxy(true)) {
      environment.put("http_proxy", proxy.address());
      environment.put("https_proxy", proxy.address());
      for (String scheme : List.of("http", "https")) {
        String message =
            assertThrows(DownloadException.class, () -> load(scheme, Choice.MNIST)).getMessage();
        assertTrue(message.contains("wants a login: http://USER:PASSWORD@HOST:PORT"), message);
      }
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamedWithTheRemedy() throws IOException {
    ForwardProxy proxy = proxy(false);
    proxy.close();
    environment.put("https_proxy", "http://me:secret@" + proxy.address());
    assertEquals("digits", load("https", Choice.AUTO).name());
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(
        warning.contains("the proxy " + proxy.address() + " (https_proxy): no conn"), warning);
    assertTrue(warning.contains("set https_proxy=http://HOST:PORT where a proxy"), warning);
    assertFalse(warning.contains("secret"), warning);
    assertEquals(1, warning.lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://host:1", "http://:1", "https://secret@host", "http://a b"})
  void whatIsNoProxyIsSaid(String value) {
    environment.put("https_proxy", value);
    String message =
        assertThrows(DownloadException.class, () -> load("https", Choice.MNIST)).getMessage();
    assertTrue(
        message.contains("(mirror.invalid: https_proxy names no proxy that can be used"), message);
    assertFalse(message.contains("secret"), message);
  }

  /** The variables, with blanks between, and which of them is taken for https://a.b.org/. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "https_proxy=p:3, p:3 (https_proxy)",
    "https_proxy=p, p:1080 (https_proxy)",
    "https_proxy=HTTP://u:w@p:3/, p:3 (https_proxy)",
    "https_proxy=p:3 HTTPS_PROXY=q:4, p:3 (https_proxy)",
    "https_proxy= HTTPS_PROXY=q:4, q:4 (HTTPS_PROXY)",
    "HTTPS_PROXY=q:4 all_proxy=r:5, q:4 (HTTPS_PROXY)",
    "all_proxy=r:5 ALL_PROXY=s:6, r:5 (all_proxy)",
    "http_proxy=p:3, ''",
    "https_proxy=[::1]:3, [::1]:3 (https_proxy)",
    "https_proxy=p:3 no_proxy=*, ''",
    "https_proxy=p:3 no_proxy=a.b.org, ''",
    "https_proxy=p:3 no_proxy=c;b.ORG, ''",
    "https_proxy=p:3 no_proxy=.b.org, ''",
    "https_proxy=p:3 no_proxy=*.b.org, ''",
    "https_proxy=p:3 no_proxy=org:443, ''",
    "https_proxy=p:3 NO_PROXY=org, ''",
    "https_proxy=p:3 no_proxy=org:80, p:3 (https_proxy)",
    "https_proxy=p:3 no_proxy=rg, p:3 (https_proxy)",
    "https_proxy=p:3 no_proxy=x.a.b.org;;[, p:3 (https_proxy)",
    "https_proxy=p:3 no_proxy=c NO_PROXY=*, p:3 (https_proxy)",
  })
  void variablesAreReadAsCurlDoes(String variables, String taken) {
    environmentOf(variables);
    assertTaken(taken, "https://a.b.org/");
  }

  private void environmentOf(String variables) {
    Matcher each = Pattern.compile("(\\w+)=(\\S*)").matcher(variables);
    while (each.find()) {
      environment.put(each.group(1), each.group(2).replace(';', ','));
    }
  }

  private void assertTaken(String proxy, String server) {
    String expected = proxy.isEmpty() ? "" : " through the proxy " + proxy;
    assertEquals(expected, new Proxies(environment::get).describe(URI.create(server)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/, 127.0.0.1, true",
    "http://127.0.0.1:8080/, 127.0.0.1:8080, true",
    "http://127.0.0.1:8080/, 127.0.0.1:80, false",
    "http://[::1]/, ::1, true",
    "http://[::1]:8080/, [::1]:8080, true",
    "http://[::1]:8080/, [::1]:80, false"
  })
  void addressesNeedNone(String server, String list, boolean direct) {
    environment.put("http_proxy", "p:3");
    environment.put("HTTP_PROXY", "q:4"); // which a web server sets for its programs
    environment.put("no_proxy", list);
    assertTaken(direct ? "" : "p:3 (http_proxy)", server);
  }

  @Test
  void theProgramReadsItsEnvironment() throws Exception {
    Map<String, String> env =
        Map.of(
            "XDG_CACHE_HOME",
            folder.toString(),
            "https_proxy",
            "http://127.0.0.1:1",
            "no_proxy",
            "",
            Catalogue.VARIABLE,
            "");
    String model = Path.of("src", "test", "resources", "run-0.1.0", "begun").toString();
    ChildJvm.Result r =
        ChildJvm.run(env, List.of(), "encode", model, "--dataset", "mnist", "--out", "never.npy");
    assertEquals(2, r.status(), r.err());
    String through = " through the proxy 127.0.0.1:1 (https_proxy): no connection; ";
    assertTrue(r.err().contains(through), r.err());
  }
}
