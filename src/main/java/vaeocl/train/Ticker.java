package vaeocl.train;

/** Hears how far an epoch has come. */
@FunctionalInterface
public interface Ticker {
  void tick(int stepsDone, int stepsInEpoch);
}
