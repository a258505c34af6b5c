package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.report.Report;

/** Disks that are full, that fail, and that cannot be written, under every command that writes. */
class DisksCampaign {
  private static final String FULL = "No space left on device";
  private static final long PAGE = 4096;
  private static final Pattern UNWRITTEN = Pattern.compile("/([^/]+): cannot be written: ");

  @TempDir static Path temp;
  private static SmallTraining training;

  /** Of two epochs, with a report. */
  private static Path whole;

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20);
    whole = temp.resolve("whole");
    training.ok(whole, 2);
  }

  /** Of every file that a training of one epoch writes: room for all before it, and not for it. */
  private static List<Long> rooms() throws IOException {
    List<String> writes = new ArrayList<>();
    writes.addAll(List.of("checkpoint.safetensors", "config.json", "metrics.csv"));
    writes.addAll(List.of("model.safetensors", "checkpoint.safetensors"));
    List<String> report = new ArrayList<>(Report.FILES);
    report.add(report.remove(0)); // the page comes last
    writes.addAll(report);
    List<Long> rooms = new ArrayList<>(List.of(0L));
    List<String> there = new ArrayList<>();
    long used = 0;
    for (String name : writes) {
      long size = (Files.size(whole.resolve(name)) + PAGE - 1) / PAGE * PAGE;
      rooms.add(used + size - PAGE);
      used += there.contains(name) ? 0 : size;
      there.add(name);
    }
    rooms.add(used + (1 << 20));
    return rooms;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(p);
        }
      }
    }
  }

  private static void assertNothingHalf(Path folder, String when) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> half = files.filter(f -> f.toString().endsWith(".tmp")).toList();
      assertEquals(List.of(), half, when);
    }
  }

  /**
   * Whichever write of a training it is, there is one line, and with more room it ends the same.
   */
  @Test
  void aRunOnAFullDiskGoesOnWhenThereIsRoom() throws Exception {
    Set<String> unwritten = new TreeSet<>();
    Path disk = temp.resolve("full");
    try (Mount mount = Mount.small(disk, 8)) {
      Path run = disk.resolve("run");
      Path seen = mount.seen().resolve("run");
      for (long room : rooms()) {
        String when = room + " bytes of room";
        mount.leave(room);
        Outcome o = mount.run((Object[]) training.command(run, 1));
        mount.clear();
        if (o.status() != 0) {
          assertFails(o, Cli.FAILED, FULL);
          Matcher file = UNWRITTEN.matcher(o.err());
          assertTrue(file.find(), o.err());
          unwritten.add(file.group(1));
          assertNothingHalf(seen, when);
        }
        if (o.err().contains("no report")) {
          assertEquals(0, mount.run("report", run).status(), when);
        }
        boolean begun = Files.exists(seen.resolve("checkpoint.safetensors"));
        Object[] on = {"train", "--resume", run, "--epochs", 2};
        Outcome more = mount.run(begun ? on : (Object[]) training.command(run, 2));
        assertEquals(0, more.status(), when + ": " + more.err());
        SmallTraining.assertSame(whole, seen, when);
        delete(seen);
      }
    }
    Set<String> expected = new TreeSet<>(Report.FILES);
    expected.addAll(List.of("metrics.csv", "model.safetensors", "checkpoint.safetensors"));
    expected.add("config.json");
    System.out.println("disks: full at " + unwritten);
    assertTrue(unwritten.size() >= 8, unwritten + " of " + expected);
    assertTrue(expected.containsAll(unwritten), unwritten.toString());
    for (String file : List.of("metrics.csv", "model.safetensors", "checkpoint.safetensors")) {
      assertTrue(unwritten.contains(file), file + " is not among " + unwritten);
    }
    assertTrue(unwritten.contains("report.html"), unwritten.toString());
  }

  /** Other commands: what was there before stays. */
  @Test
  void aFullDiskCostsNoFile() throws Exception {
    Path disk = temp.resolve("outputs");
    Path digits = training.digits();
    Path codes = temp.resolve("codes.npy");
    CommandRun.ok("encode", whole, "--out", codes);
    try (Mount mount = Mount.small(disk, 8)) {
      Object[][] commands = {
        {"encode", whole, "--out", disk.resolve("codes.npy")},
        {"encode", whole, "--bits", 6, "--out", disk.resolve("codes.codes")},
        {"decode", whole, codes, "--out", disk.resolve("images.npy")},
        {"reconstruct", whole, "--count", 4, "--out", disk.resolve("pairs.png")},
        {"generate", whole, "--grid", 3, "--out", disk.resolve("grid.png")},
        {"export", whole, "--onnx", disk.resolve("vae.onnx")},
        {"bench", "--data", digits, "--repeats", 1, "--only", "fc4", "--json", disk.resolve("b")},
        {"profile", "--data", digits, "--steps", 1, "--trace", disk.resolve("trace.json")},
      };
      for (Object[] command : commands) {
        Outcome first = mount.run(command);
        assertEquals(0, first.status(), command[0] + ": " + first.err());
        try (Stream<Path> files = Files.list(mount.seen())) {
          List<Path> before = files.toList();
          List<byte[]> bytes = new ArrayList<>();
          for (Path file : before) {
            bytes.add(Files.readAllBytes(file));
          }
          mount.leave(0);
          assertFails(mount.run(command), Cli.FAILED, FULL);
          mount.clear();
          for (int i = 0; i < bytes.size(); i++) {
            assertArrayEquals(bytes.get(i), Files.readAllBytes(before.get(i)), before.get(i) + "");
          }
        }
        assertNothingHalf(mount.seen(), command[0] + "");
      }
      mount.leave(0);
      assertFails(mount.run("report", whole, "--out", disk.resolve("report")), Cli.FAILED, FULL);
    }
  }

  /** The report's files; {@link KillTest} has the training's. */
  @Test
  void aDiskThatFailsUnderTheReportCostsTheReportAlone() throws Exception {
    Path first = temp.resolve("sync-0");
    training.ok(first, 1);
    int lost = 0;
    for (int n = 11; n <= 60; n++) {
      Path folder = temp.resolve("sync-" + n);
      List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null"));
      strace.addAll(List.of("-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=" + n));
      Process process = ChildJvm.start(strace, Map.of(), List.of(), training.command(folder, 1));
      ChildJvm.Result r = ChildJvm.finish(process, ChildJvm.HANGS);
      Outcome o = new Outcome(r.status(), r.out(), r.err());
      SmallTraining.assertSame(first, folder, "fsync " + n);
      assertNothingHalf(folder, "fsync " + n);
      if (o.status() != 0) {
        assertFails(o, Cli.FAILED, "no report: ");
        assertTrue(o.err().contains("Input/output error; make it with: "), o.err());
        CommandRun.ok("report", folder);
        lost++;
      } else if (n % 2 == 1 && lost > 0) {
        System.out.println("disks: " + lost + " failing writes of the report");
        assertEquals(Report.FILES.size(), lost);
        return;
      }
    }
    throw new AssertionError("still failing");
  }

  /** What only reads works; what writes says what to do. */
  @Test
  void aRunThatCannotBeWrittenIsOfUse() throws Exception {
    Path run = temp.resolve("read-only");
    training.ok(run, 1, "--no-report");
    Path codes = temp.resolve("ro.npy");
    try (Mount mount = Mount.readOnly(run)) {
      Object[][] commands = {
        {"eval", run},
        {"encode", run, "--out", codes},
        {"decode", run, codes, "--out", temp.resolve("ro-images.npy")},
        {"reconstruct", run, "--count", 4, "--out", temp.resolve("ro-pairs.png")},
        {"generate", run, "--grid", 3, "--out", temp.resolve("ro-grid.png")},
        {"export", run, "--onnx", temp.resolve("ro.onnx")},
        {"report", run, "--out", temp.resolve("ro-report")},
        training.command(
            temp.resolve("ro-further"), 1, "--init-from", run.resolve("model.safetensors"))
      };
      for (Object[] command : commands) {
        Outcome o = mount.run(command);
        assertEquals(0, o.status(), command[0] + ": " + o.err());
        assertEquals("", o.err(), command[0] + "");
      }
      assertTrue(Files.exists(temp.resolve("ro-report").resolve("report.html")));
      assertRefused(mount.run("report", run), "name another folder with --out");
      assertRefused(mount.run("train", "--resume", run, "--epochs", 2), "a copy of it");
      Path below = run.resolve("below");
      assertRefused(mount.run((Object[]) training.command(below, 1)), "name another folder");
      assertRefused(mount.run("encode", run, "--out", run.resolve("c.npy")), "permission denied");
    }
  }
}
