package vaeocl.opencl.plan;

import java.util.List;
import java.util.Map;

/** How work is cut for a kind of device: layout, kernels and the sizes they are built with. */
public interface Tiling {
  /** "cpu", "gpu" or "plain": the folder of {@code kernels}, and what {@code --tiling} calls it. */
  String label();

  /** Every size by its name, for config.json. */
  Map<String, Integer> sizes();

  /** The compiler's options that carry these sizes to the kernels. */
  String options();

  Layout layout();

  /** What its kernels do in one, the first that fits first. */
  List<Fusion> fusions();

  /**
   * How many neighbouring rows of a batch, or units of a layer, products treat together: where
   * neighbours are zero alike, that saves work. 1 where it makes no difference.
   */
  default int neighbours() {
    return 1;
  }

  /** Its kernels on a device, for one backend. */
  Kernels on(Workspace workspace);
}
