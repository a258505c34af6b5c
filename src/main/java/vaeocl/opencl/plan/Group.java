package vaeocl.opencl.plan;

import java.util.List;
import java.util.stream.Collectors;
import vaeocl.ops.Op;

/**
 * Operations that one kernel carries out, in their order: a single one by its own kernel, or
 * several by that of a {@link Fusion}.
 *
 * @param kernel the fusion's, or "" for a single operation
 */
public record Group(String kernel, List<Op> ops) {
  public Group {
    ops = List.copyOf(ops);
  }

  /** An operation by itself. */
  public static Group single(Op op) {
    return new Group("", List.of(op));
  }

  /** Whether several operations have become one. */
  public boolean fused() {
    return !kernel.isEmpty();
  }

  /** The operation at a place, which is of a known kind. */
  public <T extends Op> T op(int i, Class<T> kind) {
    return kind.cast(ops.get(i));
  }

  /** "Dense h1 + Latent z": the operations with what each writes first. */
  public String describe() {
    return ops.stream()
        .map(o -> o.name() + " " + o.writes().get(0).name())
        .collect(Collectors.joining(" + "));
  }
}
