package vaeocl.opencl.plan;

import java.util.List;
import vaeocl.opencl.device.BoundKernel;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;

/** A kernel ready to go, and the launch it is. */
public record Work(BoundKernel kernel, Launch launch) {
  Work(BoundKernel kernel, List<Op> covers) {
    this(kernel, new Launch(kernel.name(), kernel.groups(), covers));
  }
}
