package vaeocl.opencl.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.ops.Tensor;

/**
 * The device's memory of tensors, each in the form of its role:
 *
 * <ul>
 *   <li>what has a row for each sample of a batch as [batch, features], as its transpose, or both,
 *       as plans ask for;
 *   <li>weights, their gradients and moments as the layout has it;
 *   <li>slots as [steps, parts], the parts of a sum to be added up in order;
 *   <li>everything else row by row.
 * </ul>
 */
public final class TensorStore implements AutoCloseable {
  private final ClContext context;
  private final Layout layout;
  private final boolean guarded;
  private final Map<Key, DeviceBuffer> buffers = new HashMap<>();
  private final Map<Tensor, Integer> parts = new HashMap<>();
  private final Set<Tensor> written = new HashSet<>();

  private enum Form {
    OWN,
    TRANSPOSED,
    PARTS
  }

  private record Key(Tensor tensor, Form form) {}

  public TensorStore(ClContext context, Layout layout, boolean guarded) {
    this.context = context;
    this.layout = layout;
    this.guarded = guarded;
  }

  public Layout layout() {
    return layout;
  }

  /** The tensor as it is; for weights that is [in, out]. */
  public DeviceBuffer own(Tensor t) {
    return buffers.computeIfAbsent(new Key(t, Form.OWN), this::allocate);
  }

  /** An activation or input as [features, batch]. */
  public DeviceBuffer transposed(Tensor t) {
    Key key = new Key(t, Form.TRANSPOSED);
    if (buffers.containsKey(key)) {
      return buffers.get(key);
    }
    buffers.put(key, allocate(key));
    if (written.contains(t)) {
      write(t, read(t));
    }
    return buffers.get(key);
  }

  /** The transpose where some plan needed it, else null. */
  public DeviceBuffer transposedOrNull(Tensor t) {
    return buffers.get(new Key(t, Form.TRANSPOSED));
  }

  /** The activation's [batch, features] form where some plan or the host needed it, else null. */
  public DeviceBuffer ownOrNull(Tensor t) {
    return buffers.get(new Key(t, Form.OWN));
  }

  /**
   * Parts of an activation, which whoever reads them adds up: [parts][batch, in whole panels][
   * features].
   *
   * @param count how many there are, one for each panel of what it is a product of
   */
  public DeviceBuffer parts(Tensor t, int count) {
    int rows = Math.toIntExact(layout.rowSize(t.rows()));
    return buffers.computeIfAbsent(
        new Key(t, Form.PARTS),
        key -> buffer(t.name() + " in parts", Element.FLOAT, (long) count * rows * t.cols()));
  }

  /** Slots of so many parts each. */
  public DeviceBuffer slots(Tensor t, int partCount) {
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
      case TRANSPOSED -> buffer(t.name() + " transposed", element, layout.size(t.cols(), t.rows()));
      case PARTS -> throw new IllegalArgumentException("how many parts of " + t.describe() + "?");
    };
  }

  private DeviceBuffer buffer(String name, Element element, long count) {
    return new DeviceBuffer(context, name, element, count, guarded);
  }

  private long ownSize(Tensor t) {
    return switch (t.role()) {
      case INPUT, ACTIVATION -> layout.size(t.rows(), t.cols());
      case WEIGHT ->
          layout.weightsTransposed()
              ? layout.size(t.cols(), t.rows())
              : layout.size(t.rows(), t.cols());
      case BIAS -> layout.rowSize(t.cols());
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

  private float[] pack(Tensor t, boolean transposed, float[] values) {
    // In a check, padding is poisoned: nothing may depend on it.
    float padding = guarded ? Float.NaN : 0;
    return transposed
        ? layout.pack(t.cols(), t.rows(), values, true, padding)
        : layout.pack(t.rows(), t.cols(), values, false, padding);
  }

  private float[] unpack(Tensor t, boolean transposed, DeviceBuffer buffer) {
    return transposed
        ? layout.unpack(t.cols(), t.rows(), buffer.read(), true)
        : layout.unpack(t.rows(), t.cols(), buffer.read(), false);
  }

  public void write(Tensor t, float[] values) {
    requireSize(t, values.length);
    switch (t.role()) {
      case INPUT, ACTIVATION -> {
        written.add(t);
        own(t).write(pack(t, false, values));
        DeviceBuffer other = transposedOrNull(t);
        if (other != null) {
          other.write(pack(t, true, values));
        }
      }
      case WEIGHT -> own(t).write(pack(t, layout.weightsTransposed(), values));
      case BIAS -> {
        float[] padded = new float[(int) own(t).count()];
        Arrays.fill(padded, guarded ? Float.NaN : 0);
        System.arraycopy(values, 0, padded, 0, values.length);
        own(t).write(padded);
      }
      case DATASET, RESULT -> own(t).write(values);
      case SLOT -> throw new IllegalArgumentException(t.describe() + " is written by plans alone");
    }
  }

  public void write(Tensor t, int[] values) {
    requireSize(t, values.length);
    own(t).write(values);
  }

  public void write(Tensor t, byte[] values) {
    requireSize(t, values.length);
    own(t).write(values);
  }

  private static void requireSize(Tensor t, int size) {
    if (t.size() != size) {
      throw new IllegalArgumentException(t.describe() + " cannot take " + size + " values");
    }
  }

  public float[] read(Tensor t) {
    return switch (t.role()) {
      case INPUT, ACTIVATION -> {
        DeviceBuffer plain = ownOrNull(t);
        DeviceBuffer other = transposedOrNull(t);
        yield plain == null && other != null ? unpack(t, true, other) : unpack(t, false, own(t));
      }
      case WEIGHT -> unpack(t, layout.weightsTransposed(), own(t));
      case BIAS, DATASET, RESULT -> own(t).read(0, Math.toIntExact(t.size()));
      case SLOT -> throw new IllegalArgumentException(t.describe() + " is read as sums");
    };
  }

  /** Sums of the parts of slots, in double precision and in their order. */
  public double[] sums(Tensor t, int first, int count) {
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
  public List<float[]> readAllForms(Tensor t) {
    List<float[]> forms = new ArrayList<>();
    if (ownOrNull(t) != null) {
      forms.add(read(t));
    }
    if (transposedOrNull(t) != null) {
      forms.add(unpack(t, true, transposedOrNull(t)));
    }
    return forms;
  }

  /** Does something with all forms of a tensor that exist. */
  public void each(Tensor t, Consumer<DeviceBuffer> action) {
    buffers.entrySet().stream()
        .filter(e -> e.getKey().tensor().equals(t))
        .forEach(e -> action.accept(e.getValue()));
  }

  public void checkGuards() {
    buffers.values().forEach(DeviceBuffer::checkGuard);
  }

  @Override
  public void close() {
    buffers.values().forEach(DeviceBuffer::close);
    buffers.clear();
  }
}
