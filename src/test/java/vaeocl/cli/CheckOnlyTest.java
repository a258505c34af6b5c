package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

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
}
