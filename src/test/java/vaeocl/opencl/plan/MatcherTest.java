package vaeocl.opencl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** When operations become a group, and when they must not. Needs no device. */
class MatcherTest {
  private static final int BATCH = 5;
  private static final int PIXELS = 21;

  private final Tensor x = new Tensor("x", Role.INPUT, Type.F32, BATCH, PIXELS);
  private final Tensor h = Tensor.activation("h", BATCH, 9);
  private final Tensor logit = Tensor.activation("logit", BATCH, PIXELS);
  private final Tensor dLogit = Tensor.activation("dLogit", BATCH, PIXELS);
  private final Tensor error = new Tensor("error", Role.SLOT, Type.F32, 1, 1);
  private final Linear below = Linear.of("below", PIXELS, 9);
  private final Linear above = Linear.of("above", 9, PIXELS);

  private final Op first = new Op.Dense(h, x, below, Activation.RELU);
  private final Op last = new Op.Dense(logit, h, above, Activation.NONE);
  private final Op loss = new Op.Reconstruction(dLogit, error, logit, x, Likelihood.MSE);
  private final List<Op> forward = List.of(first, last, loss);

  /** Two layers in one, with what lies between them in memory. */
  private final Fusion layers =
      new Fusion("two_layers", List.of(Op.Dense.class, Op.Dense.class), g -> true, g -> List.of());

  private static List<String> groups(List<Op> ops, Set<Tensor> keep, Fusion... fusions) {
    return Matcher.groups(ops, keep, List.of(fusions)).stream()
        .map(g -> (g.kernel() + " " + g.describe()).strip())
        .toList();
  }

  private static List<Op> with(List<Op> ops, int at, Op more) {
    List<Op> all = new ArrayList<>(ops);
    all.add(at, more);
    return all;
  }

  @Test
  void lastLayerAndLossBecomeOne() {
    assertEquals(
        List.of("Dense h", "dense_reconstruct Dense logit + Reconstruction dLogit"),
        groups(forward, Set.of(), Fusions.RECONSTRUCT));
  }

  @Test
  void withoutFusionsEachIsByItself() {
    assertEquals(
        List.of("Dense h", "Dense logit", "Reconstruction dLogit"), groups(forward, Set.of()));
  }

  @Test
  void whatIsReadFromOutsideReachesMemory() {
    List<String> single = groups(forward, Set.of());
    assertEquals(single, groups(forward, Set.of(logit), Fusions.RECONSTRUCT));
    assertEquals(2, groups(forward, Set.of(dLogit), Fusions.RECONSTRUCT).size());
  }

  @Test
  void whatAnotherReadsReachesMemory() {
    Tensor other = Tensor.activation("other", BATCH, 9);
    Op reader = new Op.Dense(other, logit, Linear.of("reader", PIXELS, 9), Activation.NONE);
    List<Op> ops = with(forward, 3, reader);
    assertEquals(groups(ops, Set.of()), groups(ops, Set.of(), Fusions.RECONSTRUCT));
  }

  @Test
  void whatAnotherWritesReachesMemory() {
    Op before = new Op.Dense(logit, h, Linear.of("earlier", 9, PIXELS), Activation.RELU);
    List<Op> ops = with(forward, 1, before);
    assertEquals(groups(ops, Set.of()), groups(ops, Set.of(), Fusions.RECONSTRUCT));
  }

  /** A group runs where its last operation stands: what lies between must not notice. */
  @Test
  void whatConflictsBetweenKeepsThemApart() {
    Tensor z = Tensor.activation("z", BATCH, 9);
    Linear square = Linear.of("square", 9, 9);
    Op next = new Op.Dense(z, h, square, Activation.NONE);
    assertEquals(List.of("two_layers Dense h + Dense z"), of(layers, first, next));

    Op unrelated = gather(Tensor.activation("g", BATCH, 9));
    assertEquals(
        List.of("Gather g", "two_layers Dense h + Dense z"), of(layers, first, unrelated, next));

    Op reads = new Op.DenseBackward(dLogit, h, x, below, Activation.NONE);
    for (Op between : List.of(reads, gather(x), gather(h), gather(z))) {
      assertEquals(apart(first, between, next), of(layers, first, between, next));
    }
  }

  private static Op gather(Tensor to) {
    Tensor images = new Tensor("images", Role.DATASET, Type.U8, BATCH, to.cols());
    return new Op.Gather(to, images, new Tensor("order", Role.DATASET, Type.I32, 1, BATCH));
  }

  private static List<String> of(Fusion fusion, Op... ops) {
    return groups(List.of(ops), Set.of(), fusion);
  }

  private static List<String> apart(Op... ops) {
    return groups(List.of(ops), Set.of());
  }

  @Test
  void operationsThatShareNothingStayApart() {
    Op other = new Op.Dense(logit, Tensor.activation("z", BATCH, 9), above, Activation.NONE);
    assertEquals(apart(first, other), of(layers, first, other));
  }

  @Test
  void theFirstFittingRowIsTaken() {
    Fusion never = new Fusion("never", layers.ops(), g -> false, g -> List.of());
    Fusion second = new Fusion("second", layers.ops(), g -> true, g -> List.of());
    assertEquals(
        List.of("two_layers Dense h + Dense logit", "Reconstruction dLogit"),
        groups(forward, Set.of(), never, layers, second, Fusions.RECONSTRUCT));
    // Rows are asked for each operation in turn: the earlier operation has been taken.
    assertEquals(
        List.of("second Dense h + Dense logit", "Reconstruction dLogit"),
        groups(forward, Set.of(), Fusions.RECONSTRUCT, second));
  }
}
