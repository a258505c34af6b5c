package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vaeocl.ChildJvm;

class CheckOnlyTest {
  @BeforeAll
  static void needsPocl() {
    ChildJvm.needs(ChildJvm.POCL);
  }

  @Test
  void aKernelIsFoundByTheNameThatTheTablePrints() {
    String out =
        CommandRun.ok("check", "--device", "Portable", "--small", "--only", "latent_backward");
    assertTrue(out.lines().anyMatch(l -> l.startsWith("latent_backward ")), out);
    assertRefused(
        CommandRun.run("check", "--device", "Portable", "--small", "--only", "no_such"),
        "--only no_such matches no operation and no kernel");
  }

  @Test
  void allTilingsOnRequest() {
    Object[] some = {"check", "--device", "Portable", "--small", "--only", "FreeBits", "--tiling"};
    Object[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = "all";
    String out = CommandRun.ok(all);
    for (String tiling : List.of("cpu", "gpu", "plain")) {
      assertTrue(out.contains(", " + tiling + " tiling"), out);
    }
    assertEquals(3, out.lines().filter(l -> l.startsWith("free_bits ")).count(), out);
    all[some.length] = "none";
    assertRefused(CommandRun.run(all), "expected one of cpu, gpu, plain, all but was 'none'");
  }
}
