package vaeocl.opencl;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.ops.Tensor;

/**
 * What the device knows of where inputs and a ReLU's output are not zero, as far as some plan wants
 * it: {@link NonZero} and {@code kernels/cpu/tile.cl} have the layouts.
 */
final class NonZeroStore implements AutoCloseable {
  private final ClContext context;
  private final Tiling tiling;
  private final boolean guarded;
  private final Map<Key, DeviceBuffer> buffers = new HashMap<>();
  private final Map<Tensor, Tensor> gates = new HashMap<>();

  /** What is known of a tensor [samples, features]. */
  enum Form {
    /** For each row tile the columns not all zero. */
    LIST,
    /** For each row tile the values of the columns in its list. */
    PACKED,
    /** For each row tile of the transpose the samples in which it is not all zero. */
    SETS,
    /** For each panel of the tensor a flag for each sample in which it is not all zero. */
    FLAGS
  }

  private record Key(Tensor tensor, Form form) {}

  NonZeroStore(ClContext context, Tiling tiling, boolean guarded) {
    this.context = context;
    this.tiling = tiling;
    this.guarded = guarded;
  }

  /** The form of a tensor, which is kept from now on. */
  DeviceBuffer get(Tensor t, Form form) {
    return buffers.computeIfAbsent(new Key(t, form), this::allocate);
  }

  /** The same where some plan wanted it, else null. */
  DeviceBuffer getOrNull(Tensor t, Form form) {
    return buffers.get(new Key(t, form));
  }

  /** Whether some plan wants lists or sets of a tensor. */
  boolean wanted(Tensor t) {
    return getOrNull(t, Form.LIST) != null || getOrNull(t, Form.SETS) != null;
  }

  /** Notes that a gradient is zero where an activation is, which is flagged. */
  void gate(Tensor gradient, Tensor activation) {
    gates.put(gradient, activation);
    get(activation, Form.FLAGS);
  }

  private DeviceBuffer allocate(Key key) {
    Tensor t = key.tensor();
    int samples = t.rows();
    Element element =
        switch (key.form()) {
          case LIST -> Element.INT;
          case PACKED -> Element.FLOAT;
          case SETS -> Element.ULONG;
          case FLAGS -> Element.UCHAR;
        };
    long count =
        switch (key.form()) {
          case LIST -> (long) tiling.rowTiles(samples) * NonZero.listRoom(t.cols());
          case PACKED -> (long) tiling.rowTiles(samples) * NonZero.packedRoom(t.cols(), tiling);
          case SETS -> (long) tiling.rowTiles(t.cols()) * NonZero.words(samples);
          case FLAGS -> (long) tiling.panels(t.cols()) * NonZero.flags(samples);
        };
    String name = t.name() + " " + key.form().name().toLowerCase(Locale.ROOT);
    return new DeviceBuffer(context, name, element, count, guarded);
  }

  /** Takes down where values from the host are not zero. */
  void write(Tensor t, float[] values) {
    NonZero known = NonZero.of(values, t.rows(), t.cols(), tiling);
    get(t, Form.LIST).write(known.lists());
    get(t, Form.PACKED).write(known.packed());
    get(t, Form.SETS).write(known.sets());
  }

  /** The share of columns that are in the lists of a tensor's row tiles. */
  double listed(Tensor t) {
    int tiles = tiling.rowTiles(t.rows());
    int[] lists = get(t, Form.LIST).readInts();
    long sum = 0;
    for (int tile = 0; tile < tiles; tile++) {
      sum += lists[tile * NonZero.listRoom(t.cols())];
    }
    return (double) sum / ((long) tiles * t.cols());
  }

  /**
   * The share of (row tile of x transposed, panel of dy, sample) in which neither is known to be
   * zero.
   *
   * @param dy null if nothing is known of it
   */
  double both(Tensor x, Tensor dy) {
    int words = NonZero.words(x.rows());
    long[] sets = get(x, Form.SETS).readLongs();
    int tiles = tiling.rowTiles(x.cols());
    Tensor gate = gates.get(dy);
    int panels = gate == null ? 1 : tiling.panels(gate.cols());
    byte[] flags = gate == null ? null : get(gate, Form.FLAGS).readBytes();
    long sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      for (int s = 0; s < x.rows(); s++) {
        if (flags == null || flags[panel * NonZero.flags(x.rows()) + s] != 0) {
          for (int tile = 0; tile < tiles; tile++) {
            sum += sets[tile * words + s / 64] >>> s % 64 & 1;
          }
        }
      }
    }
    return (double) sum / ((long) tiles * panels * x.rows());
  }

  /** Overwrites all that is known of a tensor. */
  void poison(Tensor t) {
    for (Form form : Form.values()) {
      DeviceBuffer buffer = getOrNull(t, form);
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
