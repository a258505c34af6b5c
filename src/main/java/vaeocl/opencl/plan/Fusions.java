package vaeocl.opencl.plan;

import java.util.List;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;

/** Fusions that several tilings have. */
public final class Fusions {
  /** The last layer and the loss: logits never reach memory. */
  public static final Fusion RECONSTRUCT =
      new Fusion(
          "dense_reconstruct",
          List.of(Op.Dense.class, Op.Reconstruction.class),
          g -> ((Op.Dense) g.get(0)).f() == Activation.NONE,
          g -> List.of(((Op.Dense) g.get(0)).y()));

  /** A gradient spent at once: it never reaches memory. */
  public static final Fusion GRADIENT_ADAM =
      new Fusion(
          "dense_gradient_adam",
          List.of(Op.Gradient.class, Op.AdamStep.class),
          g -> true,
          g -> g.get(0).writes());

  private Fusions() {}
}
