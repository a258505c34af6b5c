package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/**
 * Every command that opens a device, with its calls of the driver failing one at a time: status 1
 * or 2 and one line that says what failed and what to do, a result that is there whole or not at
 * all, and a training that goes on from its last checkpoint to the same bytes.
 */
class DeviceFaultsCampaign {
  private static final Path RESULTS = Path.of("target", "reliability", "device-faults.csv");

  /** Faults of each entry point in each command; five are every status once. */
  private static final int SITES = Integer.getInteger("vaeocl.faults.sites", 5);

  /** Part of the names of the commands that are wanted. */
  private static final String ONLY = System.getProperty("vaeocl.faults.only", "");

  /** Each so many-th fault has a process of its own, which also ends. */
  private static final int OWN = 8;

  private static final int PROCESSES = 2;

  @TempDir static Path temp;
  private static Path library;
  private static SmallTraining training;
  private static Path whole;
  private static Path half;

  @BeforeAll
  static void prepare() throws Exception {
    library = FaultLayer.compile(temp);
    training = SmallTraining.of(temp.resolve("digits"), 256, 40, FaultedCommand.NET.toArray());
    whole = temp.resolve("whole");
    training.ok(whole, FaultedCommand.EPOCHS, "--no-report");
    half = temp.resolve("half");
    training.ok(half, 1, "--no-report");
    CommandRun.ok("encode", whole, "--out", temp.resolve("codes.npy"));
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(RESULTS, "command,call,of,nth,code,mode,own,fired,status,wrong,stderr\n");
  }

  private static FaultedCommand command(String name, boolean may, Path from, String words) {
    String given =
        words
            .replace("DATA", training.digits().toString())
            .replace("CODES", temp.resolve("codes.npy").toString());
    return new FaultedCommand(name, may, from, whole, List.of(given.split(" ")));
  }

  static Stream<FaultedCommand> commands() {
    String train = "train --data DATA --out RUN --epochs 2 " + String.join(" ", FaultedCommand.NET);
    Stream<FaultedCommand> all =
        Stream.of(
            command("devices", false, null, "devices"),
            command("check", false, null, "check --small --only Dense"),
            command("bench", true, null, "bench --data DATA --repeats 1 --only fc1"),
            command("profile", false, null, "profile --data DATA --steps 2 --trace OUT.json"),
            command("train", false, null, train + " --no-report"),
            command("train and draw", true, null, train),
            command("resume", false, half, "train --resume RUN --epochs 2 --no-report"),
            command("eval", false, whole, "eval RUN --data DATA"),
            command("encode", false, whole, "encode RUN --data DATA --out OUT.npy"),
            command("decode", false, whole, "decode RUN CODES --out OUT.npy"),
            command("reconstruct", false, whole, "reconstruct RUN --count 4 --out OUT.png"),
            command("generate", false, whole, "generate RUN --between 1,2 --out OUT.png"),
            command("report", true, whole, "report RUN"));
    return all.filter(c -> c.name().contains(ONLY));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCallThatFailsIsOneLine(FaultedCommand command) throws Exception {
    Path folder = Files.createDirectories(temp.resolve(command.name()));
    Path good = command.prepare(folder.resolve("good"));
    FaultLayer counting = FaultLayer.of(library, folder.resolve("counting"));
    assertEquals(0, alone(counting, command.in(good)).status());
    Map<String, Long> counts = counting.counts();
    List<DeviceFault> faults = new ArrayList<>();
    counts.forEach(
        (call, count) -> faults.addAll(DeviceFault.of(call, count, SITES, faults.size() / SITES)));
    assertFalse(faults.isEmpty(), command + " opens no device");

    Queue<CommandServer> servers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < PROCESSES; i++) {
      servers.add(new CommandServer(FaultLayer.of(library, folder.resolve("control" + i))));
    }
    List<Callable<String>> trials = new ArrayList<>();
    for (DeviceFault fault : faults) {
      int number = trials.size();
      Path at = folder.resolve(Integer.toString(number));
      trials.add(
          () -> {
            CommandServer server = servers.remove();
            FaultLayer layer = server.layer();
            layer.arm(fault);
            List<String> words = command.in(command.prepare(at));
            boolean own = number % OWN == 0;
            Outcome o = own ? alone(layer, words) : server.run(words);
            boolean fired = layer.fired();
            layer.arm(DeviceFault.NONE);
            String wrong = command.wrong(fault, fired, o, good, at, server);
            servers.add(server);
            record(command, fault, counts.get(fault.call()), own, fired, o, wrong);
            return wrong.isEmpty() ? "" : fault + ": " + wrong + "\n";
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSES);
    StringBuilder wrong = new StringBuilder();
    try {
      for (Future<String> trial : pool.invokeAll(trials)) {
        wrong.append(trial.get());
      }
    } finally {
      pool.shutdown();
      for (CommandServer server : servers) {
        server.close();
      }
    }
    assertEquals("", wrong.toString());
  }

  @Test
  void exportOpensNoDevice() throws Exception {
    FaultLayer layer = FaultLayer.of(library, temp.resolve("export"));
    String file = temp.resolve("vae.onnx").toString();
    assertEquals(0, alone(layer, List.of("export", whole.toString(), "--onnx", file)).status());
    assertEquals(Map.of(), layer.counts());
  }

  /** In a process of its own. */
  private static Outcome alone(FaultLayer layer, List<String> words) throws Exception {
    ChildJvm.Result r = ChildJvm.run(layer.environment(), List.of(), words.toArray(String[]::new));
    return new Outcome(r.status(), r.out(), r.err());
  }

  private static synchronized void record(
      FaultedCommand command,
      DeviceFault f,
      long of,
      boolean own,
      boolean fired,
      Outcome o,
      String wrong)
      throws Exception {
    String line =
        String.format(
            Locale.ROOT,
            "%s,%s,%d,%d,%d,%s,%b,%b,%d,\"%s\",\"%s\"%n",
            command.name(),
            f.call(),
            of,
            f.nth(),
            f.code(),
            f.mode(),
            own,
            fired,
            o.status(),
            quoted(wrong),
            quoted(o.err()));
    Files.writeString(RESULTS, line, StandardOpenOption.APPEND);
  }

  private static String quoted(String text) {
    return text.strip().replace('"', '\'').replaceAll("\\s*\\R\\s*", " / ");
  }
}
