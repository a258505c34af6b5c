package vaeocl.locality;

import java.util.List;
import vaeocl.ops.Backend;
import vaeocl.ops.Op;

/**
 * Which samples of a batch, and which units of a hidden layer, come side by side. Neither changes
 * what a net computes but by rounding; where a backend does less work for neighbours that are
 * alike, it saves time. All of it is built from operations: no backend knows of it.
 */
public interface Locality {
  /** Leaves everything where it is. */
  Locality NONE =
      new Locality() {
        @Override
        public Arrangement ofTraining(Backend backend, List<Op> step) {
          return Arrangement.NONE;
        }

        @Override
        public Arrangement ofEvaluation(Backend backend, List<Op> pass) {
          return Arrangement.NONE;
        }
      };

  /**
   * The locality for a backend that leaves out what is zero for so many neighbours at once.
   *
   * @param neighbours rows of a tile; 1 where zeros are not left out
   */
  static Locality of(int neighbours) {
    return neighbours == 1 ? NONE : new TileLocality(neighbours);
  }

  /** The same, but none where the property {@code vaeocl.locality} says so: what is it worth? */
  static Locality suiting(int neighbours) {
    return "none".equals(System.getProperty("vaeocl.locality")) ? NONE : of(neighbours);
  }

  /**
   * For training: every pass has a new order, and weights may be exchanged between passes.
   *
   * @param step the operations of a full batch
   */
  Arrangement ofTraining(Backend backend, List<Op> step);

  /**
   * For passes through the same samples that leave the weights alone; one order serves for all.
   *
   * @param pass the operations of a full batch
   */
  Arrangement ofEvaluation(Backend backend, List<Op> pass);
}
