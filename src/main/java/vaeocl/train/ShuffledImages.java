package vaeocl.train;

import java.util.List;
import java.util.Set;
import vaeocl.data.Images;
import vaeocl.locality.Arrangement;
import vaeocl.model.Binarize;
import vaeocl.model.DataTensors;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** Training images on a device, in an order of their own for every epoch. */
final class ShuffledImages implements AutoCloseable {
  private final Backend backend;
  private final VaeConfig config;
  private final DataTensors data;
  private final Arrangement arrangement;

  /** Makes the images of the grey ones, or null where they stay as they are. */
  private final Plan binarize;

  /** The epoch whose order the backend holds. */
  private int ordered = -1;

  /** Uploads the images. */
  ShuffledImages(
      Backend backend, VaeConfig config, DataTensors data, Images images, Arrangement arrangement) {
    this.backend = backend;
    this.config = config;
    this.data = data;
    this.arrangement = arrangement;
    if (config.binarize() == Binarize.DYNAMIC) {
      DataTensors grey = DataTensors.of("grey", images.count(), images.size());
      Op op = new Op.Binarize(data.images(), grey.images(), config.seed());
      binarize = backend.compile(List.of(op), Set.of(data.images()));
      backend.write(grey.images(), images.pixels());
    } else {
      binarize = null;
      backend.write(data.images(), images.pixels());
    }
  }

  /** Brings them into an epoch's order, and what happens anew in every epoch about. */
  void order(int epoch) {
    if (epoch == ordered) {
      return;
    }
    int[] order = Philox.permutation(config.seed(), Stream.SHUFFLE, epoch, data.count());
    arrangement.arrange(order, epoch);
    backend.write(data.order(), order);
    if (binarize != null) {
      binarize.run(new Batches(epoch, 0, 0, 1));
    }
    ordered = epoch;
  }

  /** What the order follows has changed. */
  void forget() {
    ordered = -1;
  }

  @Override
  public void close() {
    if (binarize != null) {
      binarize.close();
    }
  }
}
