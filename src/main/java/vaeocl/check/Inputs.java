package vaeocl.check;

import java.util.SplittableRandom;
import java.util.function.Function;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/** Random inputs that look like what the operations meet in training, the same every time. */
final class Inputs {
  /** Share of an image that is not zero, roughly that of drawn digits. */
  private static final double INK = 0.2;

  /** Hidden units of every other block of so many are alike; the others are rarely not zero. */
  private static final int BLOCK = 8;

  /** How much the weights of hidden units that lie side by side differ. */
  private static final double ALIKE = 0.5;

  /** How far below zero the others begin. */
  private static final double RARE = 0.4;

  private final SplittableRandom random;
  private final OpCase opCase;

  Inputs(OpCase opCase) {
    this.opCase = opCase;
    this.random = new SplittableRandom(opCase.label().hashCode());
  }

  /** Row numbers of a data set, each once, in no order. */
  int[] order(Tensor t) {
    int[] order = new int[t.cols()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  byte[] images(Tensor t) {
    byte[] pixels = new byte[Math.toIntExact(t.size())];
    for (int i = 0; i < pixels.length; i++) {
      boolean drawn = random.nextDouble() < INK;
      int value = 1 + random.nextInt(255);
      pixels[i] =
          switch (opCase.ink()) {
            case DRAWN -> (byte) (drawn ? value : 0);
            case DENSE -> (byte) value;
            case EMPTY, ONE_PIXEL -> 0;
          };
    }
    if (opCase.ink() == Ink.ONE_PIXEL) {
      pixels[pixels.length / 2] = (byte) 200;
    }
    return pixels;
  }

  float[] values(Tensor t) {
    float[] values = new float[Math.toIntExact(t.size())];
    boolean squares = isSecondMoment(t);
    boolean recon = isRecon(t);
    boolean hiddenBias = isHidden(t, Linear::bias);
    float[] alike = isHidden(t, Linear::weight) ? signs(t.cols()) : null;
    double scale = scale(t);
    for (int i = 0; i < values.length; i++) {
      double u = random.nextDouble();
      if (t.role() == Role.INPUT) {
        values[i] = random.nextDouble() < INK ? (float) u : 0;
      } else if (alike != null && i / t.cols() / BLOCK % 2 == 0) {
        values[i] = (float) (alike[i % t.cols()] + ALIKE * (2 * u - 1));
      } else if (hiddenBias) {
        values[i] = (float) (-ALIKE * u - (i / BLOCK % 2 == 0 ? 0 : RARE));
      } else if (squares) {
        values[i] = (float) (0.1 * u * u);
      } else {
        values[i] = (float) (recon ? u : 2 * u - 1);
      }
      values[i] *= (float) scale;
    }
    return values;
  }

  /** Of a whole net, parameters as they are at first: exp(logvar) of others is beyond numbers. */
  private double scale(Tensor t) {
    if (opCase.ops().stream().noneMatch(Op.LatentBackward.class::isInstance)) {
      return 1;
    }
    return opCase.ops().stream()
        .filter(Op.Dense.class::isInstance)
        .map(o -> ((Op.Dense) o).layer())
        .filter(l -> t.equals(l.weight().value()) || t.equals(l.bias().value()))
        .mapToDouble(l -> 1 / Math.sqrt(l.in()))
        .findFirst()
        .orElse(1);
  }

  private boolean isSecondMoment(Tensor t) {
    return opCase.ops().stream()
        .anyMatch(
            o ->
                o instanceof Op.AdamStep a
                    && (t.equals(a.layer().weight().v()) || t.equals(a.layer().bias().v())));
  }

  /** Units that lie side by side are zero for the same samples, as in a layer that is in order. */
  private boolean isHidden(Tensor t, Function<Linear, Param> part) {
    return opCase.ops().stream()
        .anyMatch(
            o ->
                o instanceof Op.Dense d
                    && d.f().givesZeros()
                    && opCase.ops().stream().anyMatch(r -> r.reads().contains(d.y()))
                    && t.equals(part.apply(d.layer()).value()));
  }

  private float[] signs(int count) {
    float[] signs = new float[count];
    for (int i = 0; i < count; i++) {
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    return signs;
  }

  private boolean isRecon(Tensor t) {
    return opCase.ops().stream()
        .anyMatch(o -> o instanceof Op.ImageMetrics m && t.equals(m.recon()));
  }
}
