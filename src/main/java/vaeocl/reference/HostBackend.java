package vaeocl.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * Every operation in plain loops and double precision: what the kernels are held against. Slow, and
 * meant to be read beside the formulas of {@link Op}.
 */
public final class HostBackend implements Backend {
  private final Map<Tensor, HostMatrix> matrices = new HashMap<>();
  private final Map<Tensor, int[]> integers = new HashMap<>();
  private final Map<Tensor, byte[]> bytes = new HashMap<>();

  @Override
  public Plan compile(List<Op> ops, Set<Tensor> keep) {
    List<Op> list = List.copyOf(ops);
    return new Plan() {
      @Override
      public void run(Batches batches) {
        for (int i = 0; i < batches.count(); i++) {
          HostBatch batch = new HostBatch(HostBackend.this, batches, i);
          list.forEach(op -> op.accept(batch));
        }
      }

      @Override
      public List<Launch> launches() {
        return list.stream().map(op -> new Launch(op.name(), 1, List.of(op))).toList();
      }

      @Override
      public void close() {}
    };
  }

  /** A tensor's values and error bounds, live. */
  public HostMatrix matrix(Tensor t) {
    require(t, Type.F32);
    return matrices.computeIfAbsent(t, k -> HostMatrix.zeros(k.rows(), k.cols()));
  }

  int[] integers(Tensor t) {
    require(t, Type.I32);
    return integers.computeIfAbsent(t, k -> new int[Math.toIntExact(k.size())]);
  }

  byte[] bytes(Tensor t) {
    require(t, Type.U8);
    return bytes.computeIfAbsent(t, k -> new byte[Math.toIntExact(k.size())]);
  }

  private static void require(Tensor t, Type type) {
    if (t.type() != type) {
      throw new IllegalArgumentException(t.describe() + " holds " + t.type() + ", not " + type);
    }
  }

  private static void requireSize(Tensor t, int size) {
    if (t.size() != size) {
      throw new IllegalArgumentException(t.describe() + " cannot take " + size + " values");
    }
  }

  @Override
  public void write(Tensor t, float[] values) {
    requireSize(t, values.length);
    HostMatrix m = matrix(t);
    for (int i = 0; i < values.length; i++) {
      m.value()[i] = values[i];
      m.bound()[i] = 0;
    }
  }

  @Override
  public void write(Tensor t, int[] values) {
    requireSize(t, values.length);
    System.arraycopy(values, 0, integers(t), 0, values.length);
  }

  @Override
  public void write(Tensor t, byte[] values) {
    requireSize(t, values.length);
    System.arraycopy(values, 0, bytes(t), 0, values.length);
  }

  @Override
  public float[] read(Tensor t) {
    double[] value = matrix(t).value();
    float[] out = new float[value.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) value[i];
    }
    return out;
  }

  @Override
  public double[] sums(Tensor slots, int first, int count) {
    if (slots.role() != Role.SLOT) {
      throw new IllegalArgumentException(slots.describe() + " holds no slots");
    }
    return java.util.Arrays.copyOfRange(matrix(slots).value(), first, first + count);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    matrices.clear();
    integers.clear();
    bytes.clear();
  }
}
