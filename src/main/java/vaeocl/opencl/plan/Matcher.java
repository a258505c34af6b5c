package vaeocl.opencl.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Forms groups of operations by a list of fusions. A group runs where its last operation stands, so
 * what lies between its operations must neither read what it writes nor write what it touches.
 */
public final class Matcher {
  private final List<Op> ops;
  private final Set<Tensor> keep;
  private final List<Fusion> fusions;
  private final Set<Op> taken = new HashSet<>();

  private Matcher(List<Op> ops, Set<Tensor> keep, List<Fusion> fusions) {
    this.ops = ops;
    this.keep = keep;
    this.fusions = fusions;
  }

  /**
   * The groups in the order in which they run.
   *
   * @param keep tensors that are read from outside
   * @param fusions the first that fits an operation is taken; none for each operation by itself
   */
  public static List<Group> groups(List<Op> ops, Set<Tensor> keep, List<Fusion> fusions) {
    return new Matcher(ops, keep, fusions).groups();
  }

  private List<Group> groups() {
    Map<Op, Group> byLast = new HashMap<>();
    for (int i = 0; i < ops.size(); i++) {
      if (!taken.contains(ops.get(i))) {
        Group group = fused(i).orElse(Group.single(ops.get(i)));
        taken.addAll(group.ops());
        byLast.put(ops.get(last(group.ops())), group);
      }
    }
    return ops.stream().filter(byLast::containsKey).map(byLast::get).toList();
  }

  private Optional<Group> fused(int first) {
    for (Fusion fusion : fusions) {
      List<Op> found = with(fusion, fusion.ops(), first, List.of());
      for (int i = first + 1; !found.isEmpty() && i < ops.size(); i++) {
        List<Op> more = with(fusion, fusion.more(), i, found);
        found = more.isEmpty() ? found : more;
      }
      if (!found.isEmpty() && movable(found) && fusion.when().test(found)) {
        return Optional.of(new Group(fusion.kernel(), found));
      }
    }
    return Optional.empty();
  }

  /**
   * What has been found, and operations of these kinds from a place on; empty if they do not fit.
   */
  private List<Op> with(
      Fusion fusion, List<Class<? extends Op>> kinds, int first, List<Op> before) {
    List<Op> found = found(kinds, first, before);
    List<Op> all = new ArrayList<>(before);
    all.addAll(found);
    boolean within =
        !found.isEmpty()
            && fusion.internal().apply(all).stream().allMatch(t -> staysWithin(t, all));
    return within ? all : List.of();
  }

  /** Operations of these kinds from a place on; empty if some are missing. */
  private List<Op> found(List<Class<? extends Op>> kinds, int first, List<Op> before) {
    List<Op> found = new ArrayList<>();
    for (int i = first; i < ops.size() && found.size() < kinds.size(); i++) {
      Op op = ops.get(i);
      boolean free = !taken.contains(op) && !before.contains(op);
      boolean kind = free && kinds.get(found.size()).isInstance(op);
      if (found.isEmpty() && !kind) {
        return List.of();
      }
      if (found.isEmpty() || (kind && found.stream().anyMatch(o -> feeds(o, op)))) {
        found.add(op);
      }
    }
    return found.size() == kinds.size() ? found : List.of();
  }

  /** Where the last of a group's operations stands. */
  private int last(List<Op> group) {
    return group.stream().mapToInt(ops::indexOf).max().orElseThrow();
  }

  private static boolean feeds(Op from, Op to) {
    return !Collections.disjoint(from.writes(), to.reads());
  }

  /** Whether all can run where the last stands. */
  private boolean movable(List<Op> group) {
    int first = ops.indexOf(group.get(0));
    return ops.subList(first, last(group)).stream()
        .filter(between -> !group.contains(between))
        .noneMatch(between -> group.stream().anyMatch(o -> conflict(o, between)));
  }

  private static boolean conflict(Op moved, Op between) {
    return feeds(moved, between)
        || feeds(between, moved)
        || !Collections.disjoint(moved.writes(), between.writes());
  }

  private boolean staysWithin(Tensor t, List<Op> group) {
    return !keep.contains(t)
        && ops.stream()
            .filter(o -> o.reads().contains(t) || o.writes().contains(t))
            .allMatch(group::contains);
  }
}
