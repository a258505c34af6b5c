package vaeocl.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * The device's memory of tensors, each in the layout of its role:
 *
 * <ul>
 *   <li>activations as panels of [batch, features], of its transpose, or both, as plans ask for;
 *   <li>inputs and what a ReLU puts out the same, and lists of where they are not zero;
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
  private final Map<Tensor, Tensor> gates = new HashMap<>();

  private enum Form {
    OWN,
    TRANSPOSED,
    LIST,
    PACKED,
    TRANSPOSED_LIST,
    LIVE
  }

  private record Key(Tensor tensor, Form form) {}

  TensorStore(ClContext context, Tiling tiling, boolean guarded) {
    this.context = context;
    this.tiling = tiling;
    this.guarded = guarded;
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

  /** For each row tile of a tensor, or of its transpose, a list of the columns not all zero. */
  DeviceBuffer list(Tensor t, boolean transposed) {
    Form form = transposed ? Form.TRANSPOSED_LIST : Form.LIST;
    return buffers.computeIfAbsent(new Key(t, form), this::allocate);
  }

  /** The list where some plan needed it, else null. */
  DeviceBuffer listOrNull(Tensor t, boolean transposed) {
    return buffers.get(new Key(t, transposed ? Form.TRANSPOSED_LIST : Form.LIST));
  }

  /** For each row tile of a tensor the values of the columns in its list. */
  DeviceBuffer packed(Tensor t) {
    return buffers.computeIfAbsent(new Key(t, Form.PACKED), this::allocate);
  }

  /** For each panel of an activation the samples in which it is not all zero. */
  DeviceBuffer live(Tensor t) {
    return buffers.computeIfAbsent(new Key(t, Form.LIVE), this::allocate);
  }

  /** Notes that a gradient is zero where an activation is, which is taken down. */
  void gate(Tensor gradient, Tensor activation) {
    gates.put(gradient, activation);
    live(activation);
  }

  /** The same where some plan needed it, else null. */
  DeviceBuffer liveOrNull(Tensor t) {
    return buffers.get(new Key(t, Form.LIVE));
  }

  /** Whether some plan needs lists of where an activation is not zero. */
  boolean hasLists(Tensor t) {
    return listOrNull(t, false) != null || listOrNull(t, true) != null;
  }

  /** The share of columns that are in the lists of a tensor's row tiles, or its transpose's. */
  double listed(Tensor t, boolean transposed) {
    int tiles = tiling.rowTiles(transposed ? t.cols() : t.rows());
    int cols = transposed ? t.rows() : t.cols();
    int[] lists = list(t, transposed).readInts();
    long sum = 0;
    for (int tile = 0; tile < tiles; tile++) {
      sum += lists[tile * NonZero.listRoom(cols)];
    }
    return (double) sum / ((long) tiles * cols);
  }

  /**
   * The share of (tile of x transposed, panel of dy, sample) in which neither is known to be zero.
   */
  double listedAndLive(Tensor x, Tensor dy) {
    Tensor gate = gates.get(dy);
    if (gate == null) {
      return listed(x, true);
    }
    int[] lists = list(x, true).readInts();
    int[] live = live(gate).readInts();
    int samples = x.rows();
    int tiles = tiling.rowTiles(x.cols());
    int panels = tiling.panels(gate.cols());
    int[] livePanels = new int[samples];
    for (int panel = 0; panel < panels; panel++) {
      for (int s = 0; s < samples; s++) {
        livePanels[s] += live[panel * tiling.pad(samples) + s];
      }
    }
    long sum = 0;
    for (int tile = 0; tile < tiles; tile++) {
      int list = tile * NonZero.listRoom(samples);
      for (int j = 1; j <= lists[list]; j++) {
        sum += livePanels[lists[list + j]];
      }
    }
    return (double) sum / ((long) tiles * panels * samples);
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
      case LIST ->
          buffer(
              t.name() + " list",
              Element.INT,
              (long) tiling.rowTiles(t.rows()) * NonZero.listRoom(t.cols()));
      case TRANSPOSED_LIST ->
          buffer(
              t.name() + " transposed list",
              Element.INT,
              (long) tiling.rowTiles(t.cols()) * NonZero.listRoom(t.rows()));
      case LIVE ->
          buffer(
              t.name() + " live",
              Element.INT,
              (long) tiling.panels(t.cols()) * tiling.pad(t.rows()));
      case PACKED ->
          buffer(
              t.name() + " packed",
              element,
              (long) tiling.rowTiles(t.rows()) * NonZero.packedRoom(t.cols(), tiling));
    };
  }

  private DeviceBuffer buffer(String name, Element element, long count) {
    return new DeviceBuffer(context, name, element, count, guarded);
  }

  private long ownSize(Tensor t) {
    return switch (t.role()) {
      case INPUT, ACTIVATION, RECTIFIED -> panels(t, false).size();
      case WEIGHT -> panels(t, true).size();
      case BIAS -> Tiling.roundUp(tiling.pad(t.cols()), tiling.panel());
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
      case INPUT, ACTIVATION, RECTIFIED -> {
        written.add(t);
        own(t).write(panels(t, false).pack(values, false, padding));
        DeviceBuffer other = transposedOrNull(t);
        if (other != null) {
          other.write(panels(t, true).pack(values, true, padding));
        }
        if (t.role() != Role.ACTIVATION) {
          writeNonZero(t, values);
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

  private void writeNonZero(Tensor t, float[] values) {
    NonZero rows = NonZero.of(values, t.rows(), t.cols(), tiling, false);
    list(t, false).write(rows.lists());
    packed(t).write(rows.packed());
    list(t, true).write(NonZero.of(values, t.cols(), t.rows(), tiling, true).lists());
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
      case INPUT, ACTIVATION, RECTIFIED -> {
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
  }

  void checkGuards() {
    buffers.values().forEach(DeviceBuffer::checkGuard);
  }

  @Override
  public void close() {
    buffers.values().forEach(DeviceBuffer::close);
    buffers.clear();
  }
}
