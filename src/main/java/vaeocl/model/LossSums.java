package vaeocl.model;

/**
 * What the steps of an epoch have left so far, summed over images.
 *
 * @param error the likelihood's loss of the reconstructions, without weight or constant; for
 *     weighed samples their bound
 * @param kl the divergence, without beta
 * @param extra what free bits add to it
 */
public record LossSums(double error, double kl, double extra) {
  public static final LossSums NONE = new LossSums(0, 0, 0);

  /** These and one step more. */
  public LossSums plus(double moreError, double moreKl, double moreExtra) {
    return new LossSums(error + moreError, kl + moreKl, extra + moreExtra);
  }

  /** Whether all are numbers. */
  public boolean finite() {
    return Double.isFinite(error) && Double.isFinite(kl) && Double.isFinite(extra);
  }
}
