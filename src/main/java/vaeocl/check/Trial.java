package vaeocl.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Batches;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/**
 * One batch of random inputs for a plan, at its real shapes. Its images are the last ones of the
 * data set, which lie farthest from the beginning.
 *
 * @param batches neither its step nor, if possible, its slot and its start are 0
 * @param pair two batches in one run; null for a plan that never has so many
 * @param batch rows
 * @param images [batch, pixels], those of the batch; empty where none are read
 * @param order of all images; empty where none is read
 * @param rows what else is read of a batch, row by row
 * @param memory parameters and their moments as they lie in memory, padding too
 */
record Trial(
    Batches batches,
    Batches pair,
    int batch,
    byte[] images,
    int[] order,
    Map<Tensor, float[]> rows,
    Map<Tensor, float[]> memory) {
  private static final long STEP = 6;

  static Trial of(OpCase ops, DeviceBackend device) {
    int batch = ops.batch();
    int slots =
        ops.outputs().stream()
            .filter(t -> t.role() == Role.SLOT)
            .mapToInt(Tensor::rows)
            .min()
            .orElse(1);
    TrialInputs inputs = new TrialInputs(ops.ops());
    byte[] images = {};
    int[] order = {};
    Map<Tensor, float[]> rows = new HashMap<>();
    Map<Tensor, float[]> memory = new HashMap<>();
    for (Tensor t : ops.inputs()) {
      switch (t.type()) {
        case U8 -> images = inputs.images(batch * t.cols());
        case I32 -> order = new int[t.cols()];
        case F32 -> {
          if (t.role().ofBatch()) {
            rows.put(t, inputs.rows(t));
          } else {
            memory.put(t, inputs.parameter(t, device.inspect().room(t)));
          }
        }
      }
    }
    int start = Math.max(0, Math.min(Cases.START, order.length - batch));
    for (int s = 0; s < batch && order.length > 0; s++) {
      // Whoever reads other rows than those of the batch finds the first image.
      order[start + s] = order.length - 1 - shuffled(s, batch);
      if (start + batch + s < order.length) { // the same images in another order
        order[start + batch + s] = order.length - 1 - s;
      }
    }
    Batches batches = new Batches(STEP, Math.min(1, slots - 1), start, 1);
    int room = order.length - 2 * batch;
    Batches pair =
        slots < 2 || room < 0
            ? null
            : new Batches(STEP, Math.min(1, slots - 2), Math.min(Cases.START, room), 2);
    return new Trial(batches, pair, batch, images, order, rows, memory);
  }

  /** Each of 0 … batch − 1 once, in another order. */
  private static int shuffled(int s, int batch) {
    int half = (batch + 1) / 2;
    return s % 2 == 0 ? s / 2 : half + s / 2;
  }

  /** The images' numbers in the data set. */
  int[] numbers() {
    int start = batches.start();
    return Arrays.copyOfRange(order, start, start + batch);
  }

  /** The same counted from the first of {@link #images}. */
  int[] within() {
    return Arrays.stream(numbers()).map(n -> n - (order.length - batch)).toArray();
  }

  /** Gives a device all that a plan reads. */
  void give(DeviceBackend device, Iterable<Tensor> inputs) {
    for (Tensor t : inputs) {
      switch (t.type()) {
        case U8 -> device.inspect().writeImages(t, t.rows() - batch, images);
        case I32 -> device.write(t, order);
        case F32 -> {
          if (t.role().ofBatch()) {
            device.write(t, rows.get(t));
          } else {
            device.inspect().writeRaw(t, memory.get(t));
          }
        }
      }
    }
  }

  /** What was given that is not of images and order. */
  Map<Tensor, Values> values(DeviceBackend device) {
    Map<Tensor, Values> values = new HashMap<>();
    rows.forEach((t, v) -> values.put(t, Values.of(v, t.cols())));
    memory.forEach((t, v) -> values.put(t, inMemory(device, t, v)));
    return values;
  }

  /** A parameter as it lies in memory. */
  static Values inMemory(DeviceBackend device, Tensor t, float[] memory) {
    return (row, col) -> memory[device.inspect().at(t, row, col)];
  }
}
