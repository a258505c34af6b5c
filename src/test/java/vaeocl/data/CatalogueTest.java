package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;
import vaeocl.formats.FormatException;

/**
 * Where data is looked for, in which order, and what is said where it cannot be had.
 *
 * <p>Longer than 250 lines: a case for each place, and for each way to fail there.
 */
class CatalogueTest {
  private static final Proxies NO_PROXIES = new Proxies(name -> null);
  private static final Fetch LIMITS =
      new Fetch(Duration.ofSeconds(20), Duration.ofSeconds(3), 100_000, NO_PROXIES);

  @TempDir Path folder;
  private Path cache;
  private Mirror mirror;
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  private final List<String> warnings = new ArrayList<>();

  private final Notices notices =
      new Notices() {
        @Override
        public void progress(String line) {
          progress.add(line);
        }

        @Override
        public void warning(String line) {
          warnings.add(line);
        }
      };

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
    cache = folder.resolve("home").resolve("vae-ocl");
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  private Catalogue catalogue(String... mirrors) {
    return new Catalogue(cache, notices, List.of(mirror.published(mirrors)), LIMITS);
  }

  private Dataset mnist(String... mirrors) throws IOException {
    return catalogue(mirrors).load(Choice.MNIST, null, null, Reading.PLAIN);
  }

  /** Names in the cache's folder: only "mnist", or nothing, must ever stay there. */
  private List<String> cached() throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (var names = Files.list(cache)) {
      return names.map(p -> p.getFileName().toString()).toList();
    }
  }

  @Test
  void downloadsOnceThenReadsTheCache() throws IOException {
    Dataset first = mnist("good");
    assertEquals(mirror.data.sha256(), first.sha256());
    assertEquals(mirror.data.train(), first.train());
    assertEquals("mnist", first.name());
    assertEquals(4, mirror.requests.get());
    assertEquals(4, progress.size(), progress.toString());
    mirror.close();
    assertEquals(first, catalogue("good").load(Choice.AUTO, null, "", Reading.PLAIN));
    assertEquals(4, mirror.requests.get());
    assertEquals(List.of("mnist"), cached());
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error",
        "forbidden",
        "html",
        "empty",
        "truncated",
        "half",
        "endless",
        "other",
        "labels-missing",
        "stall"
      })
  void aBrokenMirrorGivesWayToTheNext(String broken) throws IOException {
    Dataset data = mnist(broken, "good");
    assertEquals(mirror.data.sha256(), data.sha256());
    assertEquals(1, progress.stream().filter(p -> p.contains("trying the next mirror")).count());
    assertEquals(List.of("mnist"), cached());

    mirror.requests.set(0);
    cache = folder.resolve("second");
    String message =
        assertThrows(DownloadException.class, () -> mnist(broken, broken)).getMessage();
    assertTrue(message.contains("127.0.0.1: "), message);
    assertTrue(message.endsWith(Catalogue.VARIABLE + " to a folder with MNIST's four files"));
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("null"), message);
    assertFalse(message.contains(cache.toString()), message);
    assertEquals(List.of(), cached(), "no half cache");
    assertEquals(broken.equals("labels-missing") ? 3 : 2, mirror.requests.get(), "one try each");
  }

  @Test
  void autoFallsBackOnDigitsWithOneWarning() throws IOException {
    Dataset data = catalogue("error", "html").load(Choice.AUTO, null, null, Reading.PLAIN);
    assertEquals("digits", data.name());
    assertEquals(60_000, data.train().count());
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(warning.contains("HTTP status 500"), warning);
    assertTrue(warning.contains("use --data DIR or set VAE_OCL_DATA"), warning);
    assertEquals(1, warning.lines().count());
  }

  /** Straight from a socket: HttpServer cannot be brought to hang up in the middle. */
  @Test
  void aConnectionThatBreaksOffIsOneLine() throws Exception {
    Path file = folder.resolve("x.gz");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Void> answer =
          new FutureTask<>(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[4096]);
                  String half = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf";
                  socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
                }
                return null;
              });
      new Thread(answer).start();
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x.gz");
      Fetch patient = new Fetch(Duration.ofSeconds(2), Duration.ofSeconds(30), 100_000, NO_PROXIES);
      IOException e =
          assertThrows(IOException.class, () -> patient.get(patient.client(uri), uri, file));
      assertEquals("the transfer broke off", e.getMessage());
      answer.get();
    }
  }

  @Test
  void nobodyListeningIsNoticedAtOnce() throws IOException {
    Catalogue catalogue = catalogue("good", "good");
    mirror.close();
    assertTimeoutPreemptively(
        ChildJvm.HANGS,
        () ->
            assertTrue(
                assertThrows(
                        DownloadException.class,
                        () -> catalogue.load(Choice.MNIST, null, null, Reading.PLAIN))
                    .getMessage()
                    .contains("no connection")));
  }

  /** A machine without network: ".invalid" never resolves (RFC 2606). */
  @Test
  void anUnknownHostIsOneLine() {
    Published nowhere =
        new Published(
            "mnist",
            "MNIST",
            List.of(URI.create("https://mirror.invalid/mnist/")),
            Published.MNIST.files(),
            Published.MNIST.sha256(),
            Published.MNIST.images());
    Catalogue catalogue = new Catalogue(cache, notices, List.of(nowhere), LIMITS);
    String message =
        assertThrows(
                DownloadException.class,
                () -> catalogue.load(Choice.MNIST, null, null, Reading.PLAIN))
            .getMessage();
    // A name server that knows every name would lead to "no connection" instead.
    assertTrue(
        message.contains("(mirror.invalid: the host's name cannot be resolved)")
            || message.contains("(mirror.invalid: no connection"),
        message);
    assertEquals(List.of(), warnings);
  }

  @Test
  void aDamagedCacheIsSaidAndReplaced() throws IOException {
    mnist("good");
    Path file = cache.resolve("mnist").resolve(IdxFolder.TEST_LABELS + ".gz");
    Files.write(file, new byte[] {1, 2, 3});
    progress.clear();
    assertEquals(mirror.data.sha256(), mnist("good").sha256());
    assertTrue(progress.get(0).contains("damaged"), progress.get(0));
    assertTrue(progress.get(0).contains(file.toString()), progress.get(0));
    assertEquals(List.of("mnist"), cached());

    // Well-formed, but not what was published.
    Checksums.idx(new byte[12]).write(file);
    progress.clear();
    assertEquals(mirror.data.sha256(), mnist("good").sha256());
    assertTrue(progress.get(0).contains("not MNIST's"), progress.get(0));
  }

  @Test
  void anInterruptedDownloadLeavesNothing() throws Exception {
    Catalogue catalogue =
        new Catalogue(
            cache,
            notices,
            List.of(mirror.published("stall", "good")),
            new Fetch(Duration.ofSeconds(2), Duration.ofSeconds(30), 100_000, NO_PROXIES));
    FutureTask<Dataset> load =
        new FutureTask<>(() -> catalogue.load(Choice.AUTO, null, null, Reading.PLAIN));
    Thread thread = new Thread(load);
    thread.start();
    mirror.stalled.await();
    assertEquals(1, cached().size(), "under a temporary name");
    assertFalse(cached().contains("mnist"));
    thread.interrupt();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> load.get(10, TimeUnit.SECONDS));
    assertEquals(InterruptedIOException.class, e.getCause().getClass());
    assertEquals(List.of(), cached());
    assertEquals(List.of(), warnings, "the user stopped it: no fallback");
  }

  /** Both find nothing of use, both download, and neither takes the other's folder away. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoProcessesFillTheCacheAtOnce(boolean damaged) throws Exception {
    for (int round = 0; round < 10; round++) {
      cache = folder.resolve("round-" + round);
      if (damaged) {
        Files.createDirectories(cache.resolve("mnist"));
      }
      List<FutureTask<Dataset>> loads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Catalogue own = catalogue("meeting");
        loads.add(new FutureTask<>(() -> own.load(Choice.MNIST, null, null, Reading.PLAIN)));
        new Thread(loads.get(i)).start();
      }
      for (FutureTask<Dataset> load : loads) {
        Dataset data = load.get(ChildJvm.HANGS.toMinutes(), TimeUnit.MINUTES);
        assertEquals(mirror.data.sha256(), data.sha256());
        assertEquals(cache.resolve("mnist").toString(), data.source());
      }
      assertEquals(8, mirror.requests.getAndSet(0), "both downloaded");
      assertEquals(List.of("mnist"), cached());
      assertEquals(mirror.data.sha256(), mnist("error").sha256(), "what stays is whole");
    }
  }

  @Test
  void sweepsWhatKilledDownloadsLeft() throws IOException {
    Path old = Files.createDirectories(cache.resolve("mnist.part-1"));
    Files.createFile(old.resolve("x.gz"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path busy = Files.createDirectory(cache.resolve("mnist.part-2"));
    mnist("good");
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(busy), "young: its process may be at work");
  }

  @Test
  void anUnusableCacheIsOneLine() throws IOException {
    Files.createDirectories(cache.getParent());
    Files.createFile(cache);
    String message = assertThrows(DownloadException.class, () -> mnist("good")).getMessage();
    assertTrue(message.contains("cannot write to the cache " + cache), message);
    assertEquals(0, mirror.requests.get());
  }

  @Test
  void namedFoldersComeFirstAndMustBeRight() throws IOException {
    mnist("good");
    mirror.requests.set(0);
    Path cachedFolder = cache.resolve("mnist");
    Path absent = folder.resolve("absent");
    Catalogue catalogue = catalogue("good");
    for (Choice choice : List.of(Choice.AUTO, Choice.MNIST)) {
      assertEquals(
          "mnist", catalogue.load(choice, cachedFolder, absent.toString(), Reading.PLAIN).name());
      assertEquals(
          cachedFolder.toString(),
          catalogue.load(choice, null, cachedFolder.toString(), Reading.PLAIN).source());
      assertEquals(
          absent + ": no such folder; name a folder that holds images, or an .npy or .npz file",
          assertThrows(
                  FormatException.class, () -> catalogue.load(choice, absent, null, Reading.PLAIN))
              .getMessage());
      String message =
          assertThrows(
                  FormatException.class,
                  () -> catalogue.load(choice, null, absent.toString(), Reading.PLAIN))
              .getMessage();
      assertTrue(message.startsWith("VAE_OCL_DATA: " + absent + ": no such folder"), message);
    }
    assertEquals(0, mirror.requests.get());
    assertEquals(List.of(), warnings);
  }

  @Test
  void whatIsCalledMnistHasItsContents() throws IOException {
    Path other = vaeocl.TestData.digitsFolder(folder.resolve("other"), 30, 10);
    Catalogue catalogue = catalogue("good");
    String said = "its images are not MNIST's";
    for (boolean named : new boolean[] {true, false}) {
      Path data = named ? other : null;
      String environment = named ? null : other.toString();
      String message =
          assertThrows(
                  FormatException.class,
                  () -> catalogue.load(Choice.MNIST, data, environment, Reading.PLAIN))
              .getMessage();
      assertTrue(message.contains(other + ": " + said), message);
      assertEquals(named ? 0 : 1, message.startsWith(Catalogue.VARIABLE) ? 1 : 0, message);
    }
    assertEquals(List.of(), warnings);
    assertEquals("idx", catalogue.load(Choice.AUTO, other, null, Reading.PLAIN).name());
    assertEquals(List.of(), warnings, "the user named them");
    assertEquals("idx", catalogue.load(Choice.AUTO, null, other.toString(), Reading.PLAIN).name());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("are not MNIST's"), warnings.get(0));
  }

  @Test
  void othersHaveTheirOwnFolderAndNoVariable() throws IOException {
    Published mnist = mirror.published("good");
    Published fashion =
        new Published(
            "fashion-mnist",
            "Fashion-MNIST",
            mnist.mirrors(),
            mnist.files(),
            mnist.sha256(),
            mnist.images());
    Catalogue catalogue = new Catalogue(cache, notices, List.of(fashion), LIMITS);
    String elsewhere = folder.resolve("absent").toString();
    Dataset data = catalogue.load(Choice.FASHION_MNIST, null, elsewhere, Reading.PLAIN);
    assertEquals("fashion-mnist", data.name());
    assertEquals(List.of("fashion-mnist"), cached());
    assertEquals(
        data,
        catalogue.load(Choice.FASHION_MNIST, Path.of(data.source()), elsewhere, Reading.PLAIN));
    assertThrows(
        FormatException.class,
        () -> catalogue("good").load(Choice.MNIST, folder, null, Reading.PLAIN));
  }

  @Test
  void digitsNeedNothing() throws IOException {
    Dataset data =
        catalogue("good")
            .load(Choice.DIGITS, null, folder.resolve("absent").toString(), Reading.PLAIN);
    assertEquals("digits", data.name());
    assertEquals(0, mirror.requests.get());
    assertThrows(
        FormatException.class,
        () -> catalogue("good").load(Choice.DIGITS, folder, null, Reading.PLAIN));
  }

  @Test
  void cacheFolderFollowsTheXdgRules() {
    Path usual = Path.of("/home/me/.cache/vae-ocl");
    Map<String, String> set = new HashMap<>(Map.of("HOME", "/home/me"));
    assertEquals(usual, Catalogue.cacheFolder(set::get, "/passwd"));
    for (String ignored : List.of("", "relative", "a\0b")) {
      set.put("XDG_CACHE_HOME", ignored);
      assertEquals(usual, Catalogue.cacheFolder(set::get, "/passwd"));
    }
    set.put("XDG_CACHE_HOME", "/c");
    assertEquals(Path.of("/c/vae-ocl"), Catalogue.cacheFolder(set::get, "/passwd"));
    assertEquals(Path.of("/p/.cache/vae-ocl"), Catalogue.cacheFolder(name -> null, "/p"));
    assertNull(Catalogue.cacheFolder(name -> null, "?"));
  }

  @Test
  void withoutAHomeThereIsNoCacheAndItIsSaid() {
    Catalogue catalogue = new Catalogue(null, notices, name -> null);
    DownloadException e =
        assertThrows(
            DownloadException.class, () -> catalogue.load(Choice.MNIST, null, null, Reading.PLAIN));
    assertTrue(e.getMessage().contains("set XDG_CACHE_HOME or HOME"), e.getMessage());
  }
}
