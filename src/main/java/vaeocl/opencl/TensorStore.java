package vaeocl.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.ops.Tensor;

/**
 * The device's memory of tensors, each in the layout of its role:
 *
 * <ul>
 *   <li>activations as panels of [batch, features], of its transpose, or both, as plans ask for;
 *   <li>weights, their gradients and moments as panels of [in, out];
 *   <li>slots as [steps, parts], the parts of a sum to be added up in order;
 *   <li>everything else row by row.
 * </ul>
 */
final class TensorStore implements AutoCloseable {
  private final ClContext context;
  private final Tiling tiling;
  private final boolean guarded;
  private final Map<Key, DeviceBuffer> buffers = new HashMap<>();
  private final Map<Tensor, Integer> parts = new HashMap<>();
  private final Set<Tensor> written = new HashSet<>();
  private final NonZeroStore nonZero;

  private enum Form {
    OWN,
    TRANSPOSED
  }

  private record Key(Tensor tensor, Form form) {}

  TensorStore(ClContext context, Tiling tiling, boolean guarded) {
    this.context = context;
    this.tiling = tiling;
    this.guarded = guarded;
    this.nonZero = new NonZeroStore(context, tiling, guarded);
  }

  /** The tensor as it is; for weights that is [in, out]. */
  DeviceBuffer own(Tensor t) {
    return buffers.computeIfAbsent(new Key(t, Form.OWN), this::allocate);
  }

  /** An activation or input as [features, batch]. */
  DeviceBuffer transposed(Tensor t) {
    Key key = new Key(t, Form.TRANSPOSED);
    if (buffers.containsKey(key)) {
      return buffers.get(key);
    }
    DeviceBuffer made = allocate(key);
    buffers.put(key, made);
    if (written.contains(t)) {
      write(t, read(t));
    }
    return made;
  }

  /** The transpose where some plan needed it, else null. */
  DeviceBuffer transposedOrNull(Tensor t) {
    return buffers.get(new Key(t, Form.TRANSPOSED));
  }

  /** The activation's [batch, features] form where some plan or the host needed it, else null. */
  DeviceBuffer ownOrNull(Tensor t) {
    return buffers.get(new Key(t, Form.OWN));
  }

  /** Where tensors are not zero. */
  NonZeroStore nonZero() {
    return nonZero;
  }

  /** Slots of so many parts each. */
  DeviceBuffer slots(Tensor t, int partCount) {
    Integer before = parts.putIfAbsent(t, partCount);
    if (before != null && before != partCount) {
      throw new IllegalStateException(
          t.describe() + " has slots of " + before + " parts, not " + partCount);
    }
    return own(t);
  }

  private DeviceBuffer allocate(Key key) {
    Tensor t = key.tensor();
    Element element =
        switch (t.type()) {
          case U8 -> Element.UCHAR;
          case I32 -> Element.INT;
          case F32 -> Element.FLOAT;
        };
    return switch (key.form()) {
      case OWN -> buffer(t.name(), element, ownSize(t));
      case TRANSPOSED -> buffer(t.name() + " transposed", element, panels(t, true).size());
    };
  }

  private DeviceBuffer buffer(String name, Element element, long count) {
    return new DeviceBuffer(context, name, element, count, guarded);
  }

  private long ownSize(Tensor t) {
    return switch (t.role()) {
      case INPUT, ACTIVATION -> panels(t, false).size();
      case WEIGHT -> panels(t, true).size();
      case BIAS -> tiling.whole(t.cols());
      case SLOT -> {
        Integer count = parts.get(t);
        if (count == null) {
          throw new IllegalStateException("no plan writes " + t.describe());
        }
        yield t.size() * count;
      }
      case DATASET, RESULT -> t.size();
    };
  }

  private Panels panels(Tensor t, boolean transposed) {
    return transposed
        ? new Panels(tiling, t.cols(), t.rows())
        : new Panels(tiling, t.rows(), t.cols());
  }

  void write(Tensor t, float[] values) {
    requireSize(t, values.length);
    // In a check, padding is poisoned: nothing may depend on it.
    float padding = guarded ? Float.NaN : 0;
    switch (t.role()) {
      case INPUT, ACTIVATION -> {
        written.add(t);
        own(t).write(panels(t, false).pack(values, false, padding));
        DeviceBuffer other = transposedOrNull(t);
        if (other != null) {
          other.write(panels(t, true).pack(values, true, padding));
        }
      }
      case WEIGHT -> own(t).write(panels(t, true).pack(values, true, padding));
      case BIAS -> {
        float[] padded = new float[(int) own(t).count()];
        Arrays.fill(padded, padding);
        System.arraycopy(values, 0, padded, 0, values.length);
        own(t).write(padded);
      }
      case DATASET, RESULT -> own(t).write(values);
      case SLOT -> throw new IllegalArgumentException(t.describe() + " is written by plans alone");
    }
  }

  void write(Tensor t, int[] values) {
    requireSize(t, values.length);
    own(t).write(values);
  }

  void write(Tensor t, byte[] values) {
    requireSize(t, values.length);
    own(t).write(values);
  }

  private static void requireSize(Tensor t, int size) {
    if (t.size() != size) {
      throw new IllegalArgumentException(t.describe() + " cannot take " + size + " values");
    }
  }

  float[] read(Tensor t) {
    return switch (t.role()) {
      case INPUT, ACTIVATION -> {
        DeviceBuffer plain = ownOrNull(t);
        DeviceBuffer other = transposedOrNull(t);
        yield plain == null && other != null
            ? panels(t, true).unpack(other.read(), true)
            : panels(t, false).unpack(own(t).read(), false);
      }
      case WEIGHT -> panels(t, true).unpack(own(t).read(), true);
      case BIAS, DATASET, RESULT -> own(t).read(0, Math.toIntExact(t.size()));
      case SLOT -> throw new IllegalArgumentException(t.describe() + " is read as sums");
    };
  }

  /** Sums of the parts of slots, in double precision and in their order. */
  double[] sums(Tensor t, int first, int count) {
    Integer partCount = parts.get(t);
    if (partCount == null) {
      throw new IllegalArgumentException("no plan writes " + t.describe());
    }
    float[] values = own(t).read((long) first * partCount, count * partCount);
    double[] sums = new double[count];
    for (int i = 0; i < values.length; i++) {
      sums[i / partCount] += values[i];
    }
    return sums;
  }

  /** Both forms of the tensor that exist, side by side, as the host sees them. */
  List<float[]> readAllForms(Tensor t) {
    List<float[]> forms = new ArrayList<>();
    if (ownOrNull(t) != null) {
      forms.add(read(t));
    }
    if (transposedOrNull(t) != null) {
      forms.add(panels(t, true).unpack(transposedOrNull(t).read(), true));
    }
    return forms;
  }

  /** Overwrites all forms of a tensor with NaN, padding included. */
  void poison(Tensor t) {
    for (Form form : Form.values()) {
      DeviceBuffer buffer = buffers.get(new Key(t, form));
      if (buffer != null) {
        buffer.poison();
      }
    }
    nonZero.poison(t);
  }

  void checkGuards() {
    buffers.values().forEach(DeviceBuffer::checkGuard);
    nonZero.checkGuards();
  }

  @Override
  public void close() {
    buffers.values().forEach(DeviceBuffer::close);
    buffers.clear();
    nonZero.close();
  }
}
