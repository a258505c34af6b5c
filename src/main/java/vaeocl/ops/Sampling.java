package vaeocl.ops;

/** Where the noise of z = mu + exp(logvar/2)·eps comes from. */
public enum Sampling {
  /** New noise for every step and image. */
  TRAIN,
  /** Noise that depends on the image alone, so that an evaluation can be repeated. */
  EVALUATE,
  /** New noise for every step, but from the stream of evaluations: several samples of an image. */
  IMPORTANCE,
  /** No noise: z = mu. */
  MEAN
}
