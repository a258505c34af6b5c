package vaeocl.opencl.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LaunchPolicyTest {
  private static LaunchPolicy measured(double joined, double single) {
    LaunchPolicy policy = new LaunchPolicy();
    assertTrue(policy.joined());
    policy.took(true, 1, 5); // compiles: says nothing
    assertFalse(policy.joined());
    policy.took(false, 1, 3);
    assertTrue(policy.joined());
    policy.took(true, 10, 10 * joined);
    assertFalse(policy.joined());
    policy.took(false, 10, 10 * single);
    return policy;
  }

  private static void run(LaunchPolicy policy, boolean joined, double secondsPerStep) {
    assertEquals(joined, policy.joined());
    policy.took(joined, 10, 10 * secondsPerStep);
  }

  @Test
  void staysJoinedWhereThatIsFaster() {
    LaunchPolicy policy = measured(1, 2);
    for (int i = 0; i < 20; i++) {
      run(policy, true, 1);
    }
  }

  @Test
  void changesWhenTheMachineGetsBusyAndBackWhenItIsIdle() {
    LaunchPolicy policy = measured(1, 1.2);
    run(policy, true, 8);
    run(policy, true, 8);
    run(policy, false, 2);
    run(policy, true, 1);
    run(policy, true, 1);
  }

  @Test
  void oneSlowRunIsChance() {
    LaunchPolicy policy = measured(1, 1.2);
    run(policy, true, 8);
    run(policy, true, 1);
    run(policy, true, 8);
    run(policy, true, 1);
  }

  @Test
  void aLittleSlowerIsChance() {
    LaunchPolicy policy = measured(1, 1.2);
    for (int i = 0; i < 20; i++) {
      run(policy, true, 1.6);
    }
  }

  @Test
  void triesAgainLessAndLessOften() {
    LaunchPolicy policy = measured(3, 1);
    run(policy, true, 3);
    run(policy, true, 3);
    for (int runs : new int[] {1, 2, 4, 8, 16, 16}) {
      for (int i = 0; i < runs; i++) {
        run(policy, false, 1);
      }
      run(policy, true, 3);
    }
  }

  @Test
  void shortRunsSayNothing() {
    LaunchPolicy policy = measured(1, 1.2);
    for (int i = 0; i < 20; i++) {
      assertTrue(policy.joined());
      policy.took(true, 2, 100);
    }
  }
}
