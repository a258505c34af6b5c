package vaeocl.ops;

/** What a tensor is for; a backend chooses layout and padding by it. */
public enum Role {
  /** Rows that stay for the whole run: images, and the order in which they are visited. */
  DATASET,
  /** A batch of images: [batch, pixels], in [0, 1]. */
  INPUT,
  /** What a layer makes of a batch, or the gradient of it: [batch, features]. */
  ACTIVATION,
  /** A weight matrix [out, in], its gradient or one of its moments. */
  WEIGHT,
  /** A bias vector [1, out], its gradient or one of its moments. */
  BIAS,
  /** One sum a step, kept for all steps of an epoch: [steps, 1]. */
  SLOT,
  /** Figures of single images, kept for the whole data set: [images, figures]. */
  RESULT;

  /** Whether such tensors have a row for each sample of a batch. */
  public boolean ofBatch() {
    return this == INPUT || this == ACTIVATION;
  }
}
