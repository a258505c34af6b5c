package vaeocl.model;

/** Whether a pixel becomes 1 with its value as the probability, else 0. */
public enum Binarize {
  /** No: pixels stay grey. */
  NONE,

  /** Once, by seed and image. */
  FIXED,

  /** Training images anew in every epoch; others once. */
  DYNAMIC
}
