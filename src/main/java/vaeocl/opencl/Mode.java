package vaeocl.opencl;

/** What a backend does beside its work. */
public enum Mode {
  /** Nothing. */
  NORMAL,
  /** For checks: memory ends in a guard, padding is poisoned. */
  GUARDED,
  /** Every launch's times are recorded. */
  PROFILED
}
