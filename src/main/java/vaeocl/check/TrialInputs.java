package vaeocl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * Random inputs for a whole plan, made fast. They look like what it meets in training: images
 * mostly black, some hidden units never, some rarely not zero, some moments still zero.
 */
final class TrialInputs {
  /** Weights of the last layer are so small a part of others that all logits are near its bias. */
  static final float LAST = 1 / 512.0f;

  private static final int BLOCK = 8;

  private final Map<Tensor, Float> scales = new HashMap<>();
  private final Set<Tensor> hiddenBiases = new HashSet<>();
  private final Set<Tensor> squares = new HashSet<>();
  private final Set<Tensor> moments = new HashSet<>();
  private final Set<Tensor> pictures = new HashSet<>();
  private long state = 1;

  TrialInputs(List<Op> ops) {
    Set<Tensor> logits = new HashSet<>();
    for (Op op : ops) {
      if (op instanceof Op.Reconstruction o) {
        logits.add(o.logit());
      } else if (op instanceof Op.ImageMetrics o) {
        pictures.add(o.recon());
      }
    }
    for (Op op : ops) {
      if (op instanceof Op.Dense o) {
        scale(o.layer(), logits.contains(o.y()) ? LAST : 1);
        if (o.f().givesZeros()) {
          hiddenBiases.add(o.layer().bias().value());
        }
      } else if (op instanceof Op.AdamStep o) {
        squares.addAll(List.of(o.layer().weight().v(), o.layer().bias().v()));
        moments.addAll(List.of(o.layer().weight().m(), o.layer().bias().m()));
      }
    }
  }

  private void scale(Linear layer, float part) {
    scales.put(layer.weight().value(), part * (float) (2 / Math.sqrt(layer.in())));
  }

  /** In [-1, 1): a congruential generator's upper bits (Knuth's MMIX). */
  private float next() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (state >> 40) * 0x1p-23f;
  }

  byte[] images(int count) {
    byte[] pixels = new byte[count];
    for (int i = 0; i < count; i++) {
      float u = next();
      pixels[i] = u > 0.6f ? (byte) (1 + (int) ((u - 0.6f) * 635)) : 0;
    }
    return pixels;
  }

  /** A batch of whatever is no parameter. */
  float[] rows(Tensor t) {
    float[] values = new float[Math.toIntExact(t.size())];
    for (int i = 0; i < values.length; i++) {
      float u = next();
      values[i] = t.role() == Role.INPUT ? Math.max(0, u - 0.6f) : pictures.contains(t) ? u * u : u;
    }
    return values;
  }

  /** A parameter or one of its moments, as it lies in so much memory. */
  float[] parameter(Tensor t, int room) {
    float[] memory = new float[room];
    boolean square = squares.contains(t);
    boolean moment = square || moments.contains(t);
    float scale = moment ? 0.1f : scales.getOrDefault(t, 0.5f);
    for (int i = 0; i < room; i++) {
      float u = scale * next();
      memory[i] = moment && scattered(i) == 0 ? 0 : square ? u * u : u;
    }
    for (int unit = 0; hiddenBiases.contains(t) && unit < t.cols(); unit++) {
      memory[unit] -= scattered(unit) == 0 ? 8 : scattered(unit / BLOCK) < 4 ? 0.5f : 0;
    }
    return memory;
  }

  /** One of eight, by Fibonacci hashing. */
  private static int scattered(int i) {
    return (i * 0x9E3779B1) >>> 29;
  }
}
