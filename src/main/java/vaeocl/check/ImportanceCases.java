package vaeocl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** Several samples of each image, and binary images. */
final class ImportanceCases {
  /** Images, samples of each, pixels, latent size. */
  private static final int[][] SHAPES = {
    {1, 1, 1, 1}, {2, 3, 9, 2}, {3, 50, 17, 5}, {33, 5, 70, 3}, {4, 50, 784, 50}
  };

  private static final int SMALL = 3000;

  /** Images, pixels. */
  private static final int[][] SETS = {{1, 1}, {5, 49}, {130, 784}};

  private ImportanceCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] s : SHAPES) {
      add(cases, s[0], s[1], s[2], s[3]);
    }
    for (int[] s : SETS) {
      String shape = s[0] + "x" + s[1];
      int rows = s[0] + Cases.START + 2;
      Tensor grey = new Tensor(shape + " grey", Role.DATASET, Type.U8, rows, s[1]);
      Tensor binary = new Tensor(shape + " binary", Role.DATASET, Type.U8, rows, s[1]);
      Tensor x = new Tensor(shape + " of binary", Role.INPUT, Type.F32, s[0], s[1]);
      Op op = new Op.Binarize(binary, grey, Cases.SEED);
      Op gather = new Op.Gather(x, binary, Cases.order(shape + " of binary", s[0]));
      for (Ink ink : List.of(Ink.DRAWN, Ink.DENSE)) {
        String label = "Binarize + Gather " + shape + " " + ink;
        boolean small = s[0] * s[1] < SMALL;
        cases.add(new OpCase(label, List.of(op, gather), Set.of(binary), small, ink));
      }
    }
    return cases;
  }

  private static void add(List<OpCase> cases, int images, int samples, int pixels, int latent) {
    String shape = images + "x" + samples + "x" + pixels + "x" + latent;
    int rows = images * samples;
    boolean small = rows * pixels < SMALL;
    Tensor x = new Tensor(shape + " x", Role.INPUT, Type.F32, images, pixels);
    Tensor heads = Tensor.activation(shape + " heads", images, 2 * latent);
    Tensor dHeads = Tensor.activation(shape + " dHeads", images, 2 * latent);
    Tensor z = Tensor.activation(shape + " z", rows, latent);
    Tensor dz = Tensor.activation(shape + " dz", rows, latent);
    Tensor eps = Tensor.activation(shape + " eps", rows, latent);
    Tensor logit = Tensor.activation(shape + " logit", rows, pixels);
    Tensor dLogit = Tensor.activation(shape + " dLogit", rows, pixels);
    Tensor logW = Tensor.activation(shape + " logW", rows, 1);
    Tensor share = Tensor.activation(shape + " share", rows, 1);
    Tensor order = Cases.order(shape, images);
    for (Sampling sampling : List.of(Sampling.TRAIN, Sampling.IMPORTANCE)) {
      Tensor kl = Cases.slot(shape + " kl");
      Op latents = new Op.Latent(z, eps, kl, heads, order, sampling, Cases.SEED);
      add(cases, "Latent of samples " + shape + " " + sampling, small, latents);
    }
    for (Likelihood f : Cases.LIKELIHOODS) {
      Op weigh = new Op.LogWeights(logW, logit, x, z, eps, heads, f);
      add(cases, "LogWeights " + shape + " " + f, small, weigh);
      Op back = new Op.WeightedGradient(dLogit, logit, x, share, f);
      add(cases, "WeightedGradient " + shape + " " + f, small, back);
    }
    Tensor bound = Cases.slot(shape + " bound");
    Op weights = new Op.ImportanceWeights(share, bound, logW, samples);
    add(cases, "ImportanceWeights " + shape, small, weights);
    Op back = new Op.ImportanceBackward(dHeads, dz, z, eps, heads, share);
    add(cases, "ImportanceBackward " + shape, small, back);
  }

  private static void add(List<OpCase> cases, String label, boolean small, Op op) {
    cases.add(new OpCase(label, List.of(op), Set.of(), small, Ink.DRAWN));
  }
}
