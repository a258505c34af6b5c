package vaeocl.api;

import vaeocl.train.Evaluator;

/**
 * A net's numbers pass what single precision holds: what it gives is of no use to anybody. The
 * message is one line that says where.
 */
public final class OverflowException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private OverflowException(String what) {
    super("the model overflows: " + what + "; train it again with a lower --learning-rate");
  }

  /**
   * Hands values on where all are finite.
   *
   * @param values [N, width]
   * @param what each row is: "codes of image"
   */
  static float[] refused(float[] values, int width, String what) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new OverflowException(what + " " + i / width + " not finite");
      }
    }
    return values;
  }

  static void refuse(Evaluator.Result result) {
    if (!result.finite()) {
      throw new OverflowException("its figures for these test images are not finite");
    }
  }
}
