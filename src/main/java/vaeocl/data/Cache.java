package vaeocl.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vaeocl.formats.ExitHook;
import vaeocl.formats.FormatException;
import vaeocl.formats.Idx;
import vaeocl.formats.WriteException;

/**
 * A published data set on this machine: ROOT/NAME, downloaded at first use. The folder appears
 * whole and verified or not at all, whenever the process is killed.
 */
final class Cache {
  /** Younger temporaries may belong to another process that is downloading. */
  private static final Duration STALE = Duration.ofHours(1);

  private final Path root;
  private final Published published;
  private final Fetch fetch;
  private final Notices notices;

  Cache(Path root, Published published, Fetch fetch, Notices notices) {
    this.root = root;
    this.published = published;
    this.fetch = fetch;
    this.notices = notices;
  }

  /**
   * The data set, from the folder if it is there and right, else downloaded.
   *
   * @throws DownloadException if no mirror has it or the folder cannot be written
   * @throws InterruptedIOException if the thread was interrupted, which it then still is
   */
  Dataset get() throws IOException {
    if (root == null) {
      throw new DownloadException(
          "no home folder to keep it in: set XDG_CACHE_HOME or HOME to an absolute path", null);
    }
    Path folder = root.resolve(published.name());
    if (Files.exists(folder)) {
      try {
        return verified(folder);
      } catch (FormatException e) {
        notices.progress(
            "The cached "
                + published.title()
                + " is damaged, downloading it again: "
                + e.getMessage());
      }
    }
    try {
      Files.createDirectories(root);
      sweep();
      Path temporary = Files.createTempDirectory(root, temporary());
      ExitHook hook = ExitHook.of(() -> delete(temporary));
      try {
        download(temporary);
        Dataset data = verified(temporary); // the folder may be another process's in a moment
        replace(temporary, folder);
        return data.from(folder);
      } finally {
        delete(temporary);
        hook.release();
      }
    } catch (DownloadException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      String why = WriteException.reason(e);
      throw new DownloadException("cannot write to the cache " + root + ": " + why, e);
    }
  }

  private Dataset verified(Path folder) throws FormatException {
    Found found = IdxFolder.read(IdxNames.in(folder, ""));
    Dataset data = Dataset.of(found, folder, List.of(published));
    if (!data.sha256().equals(published.sha256())) {
      throw new FormatException(folder, "its contents are not " + published.title() + "'s");
    }
    return data;
  }

  /** What temporary folders' names begin with. */
  private String temporary() {
    return published.name() + ".part-";
  }

  /** Brings all four files, each from the first mirror that has it. */
  private void download(Path temporary) throws IOException {
    List<String> reasons = new ArrayList<>();
    IOException last = null;
    Set<String> done = new HashSet<>();
    for (URI mirror : published.mirrors()) {
      if (last != null) {
        notices.progress(reasons.get(reasons.size() - 1) + "; trying the next mirror");
      }
      try {
        HttpClient client = fetch.client(mirror);
        for (String name : IdxFolder.FILES) {
          if (!done.contains(name)) {
            notices.progress("Downloading " + name + ".gz from " + mirror.getHost());
            Path file = temporary.resolve(name + ".gz");
            fetch.get(client, mirror.resolve(name + ".gz"), file);
            verify(file, name);
            done.add(name);
          }
        }
        return;
      } catch (InterruptedIOException | WriteException e) {
        throw e; // no other mirror would help
      } catch (IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String where = mirror.getHost() + fetch.proxies().describe(mirror);
        reasons.add(FormatException.oneLine(where + ": " + why));
        last = e;
      }
    }
    throw new DownloadException(String.join("; ", reasons), last);
  }

  private void verify(Path file, String name) throws IOException {
    String sha256;
    try {
      sha256 = Checksums.of(Idx.read(file, IdxFolder.kind(name)));
    } catch (FormatException e) {
      // The temporary folder's name helps nobody.
      throw new IOException(e.getMessage().replace(file.toString(), file.getFileName().toString()));
    }
    if (!sha256.equals(published.files().get(name))) {
      throw new IOException(file.getFileName() + ": other contents than the published ones");
    }
  }

  /** Puts {@code fresh} in the place of {@code folder}, which may be damaged or absent. */
  private void replace(Path fresh, Path folder) throws IOException {
    try {
      verified(folder);
      return; // another process was quicker, and somebody may be reading
    } catch (FormatException e) {
      // The usual case: there was none.
    }
    Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
    try {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Nothing has to make room.
    }
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      // Another process was quicker.
    } finally {
      delete(old);
    }
  }

  /** Removes what killed downloads left behind. */
  private void sweep() throws IOException {
    Instant limit = Instant.now().minus(STALE);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(root, temporary() + "*")) {
      for (Path p : old) {
        if (Files.getLastModifiedTime(p).toInstant().isBefore(limit)) {
          delete(p);
        }
      }
    }
  }

  /** Removes a folder as far as it goes; what stays is swept another time. */
  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(p);
      }
    } catch (IOException | UncheckedIOException e) {
      // Not worth failing for.
    }
  }
}
