package vaeocl.opencl.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LaunchPolicyTest {
  /** Both ways have run once. */
  private static LaunchPolicy warm() {
    LaunchPolicy policy = new LaunchPolicy();
    assertEquals(0, policy.apart(), "joined first");
    policy.ranJoined(1, 1);
    assertEquals(1, policy.apart(), "then apart, to compile");
    policy.ranApart(1);
    return policy;
  }

  /** Steps apart between an attempt that stops and the next. */
  private static int stopped(LaunchPolicy policy) {
    assertEquals(0, policy.apart());
    policy.ranJoined(16, 1);
    int apart = policy.apart();
    policy.ranApart(apart);
    return apart;
  }

  @Test
  void staysJoinedWhileNothingStopsIt() {
    LaunchPolicy policy = warm();
    for (int i = 0; i < 100; i++) {
      assertEquals(0, policy.apart());
      policy.ranJoined(16, 16);
    }
  }

  @Test
  void runsApartAtOnceAndTriesAgainLessAndLessOften() {
    LaunchPolicy policy = warm();
    int before = 0;
    for (int i = 0; i < 5; i++) {
      int apart = stopped(policy);
      assertTrue(apart > before, apart + " after " + before);
      before = apart;
    }
    for (int i = 0; i < 5; i++) {
      stopped(policy);
    }
    assertEquals(512, stopped(policy), "but is never given up");
  }

  @Test
  void comesBackWhenTheMachineIsIdleAgain() {
    LaunchPolicy policy = warm();
    for (int i = 0; i < 10; i++) {
      stopped(policy);
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(0, policy.apart());
      policy.ranJoined(16, 16);
    }
    assertEquals(2, stopped(policy), "a hiccup costs little again");
  }

  @Test
  void aRunThatEndsBetweenGoesOnApart() {
    LaunchPolicy policy = warm();
    policy.ranJoined(16, 2);
    int apart = policy.apart();
    policy.ranApart(1);
    assertEquals(apart - 1, policy.apart());
    assertTrue(policy.apart() > 0);
  }
}
