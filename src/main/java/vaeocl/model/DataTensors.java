package vaeocl.model;

import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/**
 * A part of a data set on the device.
 *
 * @param images [count, pixels], bytes
 * @param order [1, count], in which the images are visited
 */
public record DataTensors(Tensor images, Tensor order) {
  /** Tensors for a part called {@code name}. */
  public static DataTensors of(String name, int count, int pixels) {
    return new DataTensors(
        new Tensor(name + " images", Role.DATASET, Type.U8, count, pixels),
        new Tensor(name + " order", Role.DATASET, Type.I32, 1, count));
  }

  /** Number of images. */
  public int count() {
    return images.rows();
  }
}
