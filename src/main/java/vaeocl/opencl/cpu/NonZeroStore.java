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

  /** Notes that a gradient is zero wherever an activation is. */
  void zeroAlike(Tensor gradient, Tensor activation) {
    zeroAlike.put(gradient, activation);
    get(activation, NonZeroForm.SAMPLES);
  }

  /** The share of columns that are marked for a tensor's row tiles. */
  double columns(Tensor t) {
    int[] words = get(t, NonZeroForm.COLUMNS).readInts();
    long sum = 0;
    for (int word : words) {
      sum += Integer.bitCount(word);
    }
    return (double) sum / ((long) tiling.rowTiles(t.rows()) * t.cols());
  }

  /**
   * The share of (R features of x, panel of dy, sample) in which neither is known to be zero.
   *
   * @param dy null if nothing is known of it
   */
  double samples(Tensor x, Tensor dy) {
    Tensor alike = zeroAlike.get(dy);
    long[] own = get(x, NonZeroForm.SAMPLES).readLongs();
    long[] others = alike == null ? null : get(alike, NonZeroForm.SAMPLES).readLongs();
    int words = NonZeroForm.words(tiling, x.rows());
    int tiles = tiling.rowTiles(x.cols());
    int panels = alike == null ? 1 : tiling.panels(alike.cols());
    long sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      for (int word = 0; word < words; word++) {
        long some = there(x.rows(), word);
        if (alike != null) {
          some &= ofPanel(others, panel, words, word);
        }
        for (int tile = 0; tile < tiles; tile++) {
          sum += Long.bitCount(own[tile * words + word] & some);
        }
      }
    }
    return (double) sum / ((long) tiles * panels * x.rows());
  }

  /** The samples of a word in which a panel of a tensor is not all zero. */
  private long ofPanel(long[] samples, int panel, int words, int word) {
    int each = tiling.panel() / tiling.rows();
    long some = 0;
    for (int tile = panel * each; tile < (panel + 1) * each; tile++) {
      some |= samples[tile * words + word];
    }
    return some;
  }

  /** Bits of a word that stand for samples: first_samples in the kernels. */
  private long there(int samples, int word) {
    long bits = 0;
    for (int b = 0; b < Long.SIZE; b++) {
      int row = b % Byte.SIZE;
      int sample = (word * Long.BYTES + b / Byte.SIZE) * tiling.rows() + row;
      bits |= row < tiling.rows() && sample < samples ? 1L << b : 0;
    }
    return bits;
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
