package vaeocl.cli;

import vaeocl.train.Evaluator;

/** A net whose numbers pass what single precision holds: what it gives is of no use to anybody. */
final class Overflow {
  private static final String REMEDY = "; train it again with a lower --learning-rate";

  private Overflow() {}

  /**
   * @param values [N, width], returned as they are
   * @param what each row is: "codes of image"
   * @throws RunFailure if one is not finite
   */
  static float[] refused(float[] values, int width, String what) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        String where = what + " " + i / width;
        throw new RunFailure("the model overflows: " + where + " not finite" + REMEDY, null);
      }
    }
    return values;
  }

  /**
   * @throws RunFailure if a figure is not finite
   */
  static void refuse(Evaluator.Result result) {
    if (!result.finite()) {
      throw new RunFailure(
          "the model overflows: its figures for these test images are not finite" + REMEDY, null);
    }
  }
}
