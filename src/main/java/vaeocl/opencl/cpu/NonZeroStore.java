package vaeocl.opencl.cpu;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.ops.Tensor;

/** Where tensors are not zero, in the {@link NonZeroForm forms} that some plan asked for. */
final class NonZeroStore implements AutoCloseable {
  private final ClContext context;
  private final CpuTiling tiling;
  private final boolean guarded;
  private final Map<Key, DeviceBuffer> buffers = new HashMap<>();
  private final Map<Tensor, Tensor> zeroAlike = new HashMap<>();

  private record Key(Tensor tensor, NonZeroForm form) {}

  NonZeroStore(ClContext context, CpuTiling tiling, boolean guarded) {
    this.context = context;
    this.tiling = tiling;
    this.guarded = guarded;
  }

  /** A form of a tensor, which is kept from now on. */
  DeviceBuffer get(Tensor t, NonZeroForm form) {
    return buffers.computeIfAbsent(new Key(t, form), this::allocate);
  }

  /** The same where some plan asked for it, else null. */
  DeviceBuffer getOrNull(Tensor t, NonZeroForm form) {
    return buffers.get(new Key(t, form));
  }

  private DeviceBuffer allocate(Key key) {
    Tensor t = key.tensor();
    long size = key.form().size(tiling, t.rows(), t.cols());
    String name = t.name() + " " + key.form().name().toLowerCase(Locale.ROOT);
    return new DeviceBuffer(context, name, key.form().element(), size, guarded);
  }

  /** Notes that a gradient is zero wherever an activation is, which is flagged. */
  void zeroAlike(Tensor gradient, Tensor activation) {
    zeroAlike.put(gradient, activation);
    get(activation, NonZeroForm.FLAGS);
  }

  /** The share of columns that are in the lists of a tensor's row tiles. */
  double listed(Tensor t) {
    int tiles = tiling.rowTiles(t.rows());
    int[] lists = get(t, NonZeroForm.LIST).readInts();
    long sum = 0;
    for (int tile = 0; tile < tiles; tile++) {
      sum += lists[tile * NonZeroForm.listRoom(t.cols())];
    }
    return (double) sum / ((long) tiles * t.cols());
  }

  /**
   * The share of (R features of x, panel of dy, sample) in which neither is known to be zero.
   *
   * @param dy null if nothing is known of it
   */
  double masked(Tensor x, Tensor dy) {
    int words = NonZeroForm.words(x.rows());
    long[] masks = get(x, NonZeroForm.MASKS).readLongs();
    int tiles = tiling.rowTiles(x.cols());
    Tensor like = dy == null ? null : zeroAlike.get(dy);
    int panels = like == null ? 1 : tiling.panels(like.cols());
    byte[] flags = like == null ? null : get(like, NonZeroForm.FLAGS).readBytes();
    long sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      for (int s = 0; s < x.rows(); s++) {
        if (flags == null || flags[panel * NonZeroForm.flags(x.rows()) + s] != 0) {
          for (int tile = 0; tile < tiles; tile++) {
            sum += masks[tile * words + s / 64] >>> s % 64 & 1;
          }
        }
      }
    }
    return (double) sum / ((long) tiles * panels * x.rows());
  }

  void poison(Tensor t) {
    for (NonZeroForm form : NonZeroForm.values()) {
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
