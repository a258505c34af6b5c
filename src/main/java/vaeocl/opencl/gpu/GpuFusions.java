package vaeocl.opencl.gpu;

import java.util.List;
import java.util.Optional;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Fusions;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;
import vaeocl.ops.Op.AdamStep;
import vaeocl.ops.Op.Dense;
import vaeocl.ops.Op.DenseBackward;
import vaeocl.ops.Op.Gather;
import vaeocl.ops.Op.Gradient;
import vaeocl.ops.Op.Latent;
import vaeocl.ops.Op.LatentBackward;
import vaeocl.ops.Op.Reconstruction;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;

/**
 * What GPUs do at once. Two things save launches: a product with a narrow matrix is added up as its
 * left operand is made, and whoever reads it adds up the parts; and nobody brings a batch of images
 * together, it is read where it lies.
 */
final class GpuFusions {
  /** Latent dimensions up to which parts are small enough to be added up by all who read them. */
  private static final int PARTS_LATENT = 32;

  /** Latent dimensions up to which it is cheaper to make a layer of z again than to read it. */
  private static final int MADE_LATENT = 8;

  /** Numbers of a batch's dHeads up to which a group holds them all in local memory. */
  private static final int HELD_HEADS = 2048;

  private static final List<Class<? extends Op>> SPENT = List.of(Gradient.class, AdamStep.class);

  /** Encoder and decoder of one hidden layer each: two launches. */
  static final Fusion ENCODE_DECODE =
      new Fusion(
          "encode, decode",
          List.of(
              Gather.class,
              Dense.class,
              Dense.class,
              Latent.class,
              Dense.class,
              Dense.class,
              Reconstruction.class),
          g -> narrow(g, 2, 3, 4) && decoded(g),
          g -> g.get(5).writes());

  /** From the images to the decoder's first layer where the encoder has one layer. */
  static final Fusion ENCODE_LATENT =
      new Fusion(
          "encode, latent_dense",
          List.of(Gather.class, Dense.class, Dense.class, Latent.class, Dense.class),
          g -> narrow(g, 2, 3, 4),
          g -> List.of());

  /** The encoder's last layers, the sampling, the decoder's first layer. */
  static final Fusion DENSE_LATENT =
      new Fusion(
          "dense, latent_dense",
          List.of(Dense.class, Dense.class, Latent.class, Dense.class),
          g -> narrow(g, 1, 2, 3),
          g -> List.of());

  /** The first layer, of images where they lie. */
  static final Fusion GATHER_DENSE =
      new Fusion("gather, dense", List.of(Gather.class, Dense.class), g -> true, g -> List.of());

  /** Back through the decoder's first layer, the sampling, the encoder's last. */
  static final Fusion BACKWARD_LATENT =
      new Fusion(
          "backward, latent_backward_dense",
          List.of(
              DenseBackward.class, DenseBackward.class, LatentBackward.class, DenseBackward.class),
          GpuFusions::narrowBack,
          g -> List.of());

  /** All gradients, spent at once: they never reach memory. */
  static final Fusion UPDATE = new Fusion("update", SPENT, SPENT, g -> true, GpuFusions::gradients);

  /** All the way back but for the decoder's last layers, where the encoder has one layer. */
  static final Fusion BACKWARD_UPDATE =
      new Fusion(
          "backward, update",
          BACKWARD_LATENT.ops(),
          SPENT,
          g -> narrowBack(g) && madeBack(g),
          GpuFusions::gradients);

  /** In the order in which they are tried. */
  static final List<Fusion> ALL =
      List.of(
          ENCODE_DECODE,
          ENCODE_LATENT,
          DENSE_LATENT,
          GATHER_DENSE,
          Fusions.RECONSTRUCT,
          BACKWARD_UPDATE,
          BACKWARD_LATENT,
          UPDATE);

  private GpuFusions() {}

  /**
   * Whether heads, sampling and the layer behind it, at these positions, are a chain that is
   * narrow.
   */
  private static boolean narrow(List<Op> g, int heads, int sampling, int next) {
    Dense layer = (Dense) g.get(heads);
    Latent latent = (Latent) g.get(sampling);
    return layer.f() == Activation.NONE
        && layer.x().equals(((Dense) g.get(heads - 1)).y())
        && latent.heads().equals(layer.y())
        && ((Dense) g.get(next)).x().equals(latent.z())
        && latent.samples() == 1
        && latent.z().cols() <= PARTS_LATENT;
  }

  /** Whether a decoder with the loss, behind heads and sampling, is one that is made of z. */
  private static boolean decoded(List<Op> g) {
    Latent latent = (Latent) g.get(3);
    Dense hidden = (Dense) g.get(4);
    Dense last = (Dense) g.get(5);
    Reconstruction loss = (Reconstruction) g.get(6);
    return latent.sampling() == Sampling.TRAIN
        && latent.z().cols() <= MADE_LATENT
        && last.x().equals(hidden.y())
        && last.f() == Activation.NONE
        && loss.logit().equals(last.y())
        && loss.x().equals(((Gather) g.get(0)).x());
  }

  /** Whether gradients go back from the decoder's first layer through the sampling to the heads. */
  private static boolean narrowBack(List<Op> g) {
    DenseBackward below = (DenseBackward) g.get(1);
    DenseBackward heads = (DenseBackward) g.get(3);
    LatentBackward latent = (LatentBackward) g.get(2);
    return below.f() == Activation.NONE
        && below.dy().equals(((DenseBackward) g.get(0)).dx())
        && latent.dz().equals(below.dx())
        && heads.dy().equals(latent.dHeads())
        && below.dx().cols() <= PARTS_LATENT;
  }

  /** Whether the gradients behind them are all that reads what goes through the sampling. */
  private static boolean madeBack(List<Op> g) {
    LatentBackward latent = (LatentBackward) g.get(2);
    Tensor dHeads = latent.dHeads();
    Tensor dHidden = ((DenseBackward) g.get(3)).dx();
    return latent.dz().cols() <= MADE_LATENT
        && Share.wholePanels(dHeads.rows()) * dHeads.cols() <= HELD_HEADS
        && gradient(g, dHeads).isPresent()
        && gradient(g, dHidden).isPresent();
  }

  /** The gradient of the layer at whose output this one is. */
  static Optional<Gradient> gradient(List<Op> g, Tensor dy) {
    return g.stream()
        .filter(Gradient.class::isInstance)
        .map(Gradient.class::cast)
        .filter(o -> o.dy().equals(dy))
        .findFirst();
  }

  private static List<Tensor> gradients(List<Op> g) {
    return g.stream().filter(Gradient.class::isInstance).flatMap(o -> o.writes().stream()).toList();
  }
}
