package vaeocl.model;

/** The learning rate over a run. */
public enum Schedule {
  CONSTANT,

  /**
   * Half a cosine from the learning rate to 0 at the run's last step (Loshchilov and Hutter, 2017,
   * without restarts): how long the run is has to be known from its beginning.
   */
  COSINE
}
