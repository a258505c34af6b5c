package vaeocl.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * One batch of random inputs for a plan, at its real shapes. Its images are the last ones of the
 * data set, which lie farthest from the beginning.
 *
 * @param batches neither its step nor, if possible, its slot and its start are 0
 * @param batch rows
 * @param images [batch, pixels], those of the batch; empty where none are read
 * @param order of all images; empty where none is read
 * @param values what else is read, row by row
 */
record Trial(Batches batches, int batch, byte[] images, int[] order, Map<Tensor, float[]> values) {
  private static final long STEP = 6;

  static Trial of(OpCase ops) {
    Set<Tensor> inputs = ops.inputs();
    Inputs random = new Inputs(ops, true);
    int batch = ops.batch();
    int slots =
        ops.outputs().stream()
            .filter(t -> t.role() == Role.SLOT)
            .mapToInt(Tensor::rows)
            .min()
            .orElse(1);
    byte[] images = {};
    int[] order = {};
    Map<Tensor, float[]> values = new HashMap<>();
    for (Tensor t : inputs) {
      switch (t.type()) {
        case U8 -> images = random.images(batch, t.cols());
        case I32 -> order = new int[t.cols()];
        case F32 -> values.put(t, random.values(t));
      }
    }
    int start = Math.max(0, Math.min(Cases.START, order.length - batch));
    if (order.length > 0) {
      // Whoever reads other rows than those of the batch finds the first image, of zeros.
      for (int s = 0; s < batch; s++) {
        order[start + s] = order.length - 1 - place(s, batch);
      }
    }
    Batches batches = new Batches(STEP, Math.min(1, slots - 1), start, 1);
    return new Trial(batches, batch, images, order, values);
  }

  /** Where the image of a sample lies, counted from the last: in no order, each once. */
  private static int place(int s, int batch) {
    int half = (batch + 1) / 2;
    return s % 2 == 0 ? s / 2 : half + s / 2;
  }

  /** The images' numbers in the data set. */
  int[] numbers() {
    int start = batches.start();
    return Arrays.copyOfRange(order, start, start + batch);
  }

  /** Their places among {@link #images}. */
  int[] places() {
    return Arrays.stream(numbers()).map(n -> n - (order.length - batch)).toArray();
  }

  /** Gives a device all of it. */
  void give(DeviceBackend device, List<Op> ops) {
    for (Tensor t : new OpCase("", ops, Set.of(), false, Ink.DRAWN).inputs()) {
      switch (t.type()) {
        case U8 -> device.inspect().writeImages(t, t.rows() - batch, images);
        case I32 -> device.write(t, order);
        case F32 -> device.write(t, values.get(t));
      }
    }
  }
}
