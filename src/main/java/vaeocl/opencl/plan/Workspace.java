package vaeocl.opencl.plan;

import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.device.Programs;

/**
 * What a tiling's kernels work with.
 *
 * @param guarded whether buffers end in a guard, and launches run one by one
 * @param profiler records times; null where nobody asks
 */
public record Workspace(
    ClContext context, Programs programs, TensorStore store, boolean guarded, Profiler profiler) {}
