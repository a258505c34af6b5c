package vaeocl.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.formats.FormatException;

class PlanTest {
  @TempDir Path folder;

  private static final List<Axis> AXES =
      List.of(
          new Axis("--data", List.of("/data/it's mine")),
          new Axis("--beta", List.of("0.5", "2")),
          new Axis("--invert", List.of("")),
          new Axis("--seed", List.of("1", "2", "3")));

  @Test
  void aPlanHasAllCombinationsAndComesBackFromItsFile() throws IOException {
    Plan plan = Plan.product(AXES);
    assertEquals(6, plan.tasks().size());
    assertEquals("beta-0.5_seed-1", plan.task(1).folder());
    assertEquals("beta-2_seed-1", plan.task(4).folder());
    assertEquals(
        List.of("--data=/data/it's mine", "--beta=2", "--invert", "--seed=3"),
        plan.task(6).options());
    plan.write(folder);
    assertEquals(plan, Plan.read(folder));
    assertEquals("run", Plan.product(AXES.subList(0, 1)).task(1).folder());
  }

  @Test
  void namesStayShortAndNumbersBounded() {
    Axis many = Axis.of("--seed", List.of("1-1000"), Axis.Notation.RANGES);
    Axis more = Axis.of("--latent", List.of("1-101"), Axis.Notation.RANGES);
    assertThrows(IllegalArgumentException.class, () -> Plan.product(List.of(many, more)));
    Axis longNames = new Axis("--data", List.of("/" + "x".repeat(300), "/y"));
    assertEquals("run-1", Plan.product(List.of(longNames)).task(1).folder());
    assertThrows(IllegalArgumentException.class, () -> Plan.product(AXES).task(7));
    assertThrows(IllegalArgumentException.class, () -> Plan.product(AXES).task(0));
  }

  @ParameterizedTest
  @CsvSource({
    "'2\ta\t--seed=1',has number 2 where 1 belongs",
    "'x\ta\t--seed=1',begins with no number",
    "'1\ta',has 2 columns",
    "'1\t../a\t--seed=1',is no folder inside",
    "'1\t/a\t--seed=1',is no folder inside",
    "'1\t\t--seed=1',is no folder inside",
    "'1\ta\t--data=''x',has a quote that does not end",
    "'1\ta\t--seed=1\n2\ta\t--seed=2',has the folder of an earlier line",
    "'',has no training in it"
  })
  void aDamagedPlanIsToldByItsLine(String lines, String reason) throws IOException {
    Files.writeString(folder.resolve(Plan.FILE), "number\tfolder\toptions\n" + lines);
    FormatException e = assertThrows(FormatException.class, () -> Plan.read(folder));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void otherFilesAreNoPlans() throws IOException {
    assertThrows(FormatException.class, () -> Plan.read(folder));
    Files.writeString(folder.resolve(Plan.FILE), "epoch,loss\n");
    FormatException e = assertThrows(FormatException.class, () -> Plan.read(folder));
    assertTrue(e.getMessage().contains("does not begin with"), e.getMessage());
  }

  @Test
  void schedulersNameTasksEachInItsOwnWay() {
    assertEquals(OptionalLong.of(3), ArrayIndex.of(Map.of("SLURM_ARRAY_TASK_ID", "3")::get));
    assertEquals(OptionalLong.of(4), ArrayIndex.of(Map.of("JOB_COMPLETION_INDEX", "3")::get));
    assertEquals(OptionalLong.of(3), ArrayIndex.of(Map.of("SGE_TASK_ID", "3")::get));
    assertEquals(OptionalLong.empty(), ArrayIndex.of(Map.of("SGE_TASK_ID", "undefined")::get));
    assertEquals(OptionalLong.empty(), ArrayIndex.of(Map.<String, String>of()::get));
    assertThrows(
        IllegalArgumentException.class,
        () -> ArrayIndex.of(Map.of("SLURM_ARRAY_TASK_ID", "1-3")::get));
  }
}
