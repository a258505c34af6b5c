package vaeocl.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/** A folder in which some processes see another file system than everybody else. */
final class Mount implements AutoCloseable {
  private static final int CHUNK = 4096;

  private final Process holder;
  private final Path folder;

  private Mount(Process holder, Path folder) {
    this.holder = holder;
    this.folder = folder;
  }

  /** An empty disk; skips the test where mounting is forbidden. */
  static Mount small(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    return of(folder, "mount -t tmpfs -o size=" + megabytes + "m none \"$0\"");
  }

  /** The folder itself, but not to be written. */
  static Mount readOnly(Path folder) throws IOException {
    return of(folder, "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"");
  }

  private static Mount of(Path folder, String mount) throws IOException {
    String script = mount + " && echo mounted && exec cat";
    Process holder = null;
    try {
      holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", script, folder + "").start();
    } catch (IOException e) {
      ChildJvm.needs(false, "unshare");
    }
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    ChildJvm.needs("mounted".equals(out.readLine()), "the right to mount");
    return new Mount(holder, folder);
  }

  /** The folder as its processes see it, for everybody else. */
  Path seen() {
    return Path.of("/proc", Long.toString(holder.pid()), "root" + folder.toAbsolutePath());
  }

  /** Leaves so many bytes of room on the disk. */
  void leave(long room) throws IOException {
    Path filler = seen().resolve("filler");
    Files.deleteIfExists(filler);
    long size = filler.getParent().toFile().getUsableSpace() - room;
    try (var out = Files.newOutputStream(filler)) {
      for (long done = 0; done < size; done += CHUNK) {
        out.write(new byte[(int) Math.min(CHUNK, size - done)]);
      }
    }
  }

  /** Makes room. */
  void clear() throws IOException {
    Files.delete(seen().resolve("filler"));
  }

  /** Runs the program where the file system is seen. */
  Outcome run(Object... args) throws IOException, InterruptedException {
    List<String> enter = new ArrayList<>(List.of("nsenter", "-U", "-m", "--preserve-credentials"));
    enter.addAll(List.of("-t", Long.toString(holder.pid())));
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    Process process = ChildJvm.start(enter, Map.of(), List.of(), words);
    ChildJvm.Result r = ChildJvm.finish(process, ChildJvm.HANGS);
    return new Outcome(r.status(), r.out(), r.err());
  }

  @Override
  public void close() {
    holder.destroy();
  }
}
