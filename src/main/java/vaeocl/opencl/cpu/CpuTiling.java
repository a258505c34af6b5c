package vaeocl.opencl.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Fusions;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Panels;
import vaeocl.opencl.plan.Sizes;
import vaeocl.opencl.plan.Tiling;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Activation;
import vaeocl.ops.Op;

/**
 * Tiles in vector registers, one for each work-item, and zeros left out.
 *
 * @param rows R, height of a tile
 * @param vector V, floats in a vector register; tiles and panels are two vectors wide
 * @param group work-items of a work-group where each treats one element or sample
 * @param skipsZeros whether products leave out zeros
 */
public record CpuTiling(int rows, int vector, int group, boolean skipsZeros) implements Tiling {
  /** Floats in the vector registers of CPUs, the widest first. */
  public static final List<Integer> VECTORS = List.of(16, 8, 4);

  /** Rows of a tile that there are kernels for. */
  private static final List<Integer> HEIGHTS = List.of(8, 4);

  /**
   * Latent sizes up to here go through the latent space in one launch: beyond, the work is better
   * shared out by tiles, and Mesa's llvmpipe leaves a work-item's loops after 65,535 rounds in all.
   */
  private static final int GROUPED_LATENT = 8;

  private static final Fusion LATENT_SCATTER =
      latentGroup(List.of(Op.Dense.class, Op.Latent.class, Op.Scatter.class, Op.Dense.class));

  private static final Fusion LATENT =
      latentGroup(List.of(Op.Dense.class, Op.Latent.class, Op.Dense.class));

  public CpuTiling {
    boolean vectors = VECTORS.contains(vector);
    if (!vectors || !HEIGHTS.contains(rows) || rows > vector) {
      throw new IllegalArgumentException(
          "no kernels for " + rows + " rows of vectors of " + vector);
    }
  }

  /** For the device's vectors. */
  public static CpuTiling of(DeviceInfo device) {
    int width = device.floatVectorWidth();
    return of(device, VECTORS.stream().filter(v -> v <= width).findFirst().orElse(4));
  }

  /**
   * For vectors of so many floats, 4, 8 or 16; a CPU with others runs it as well, but slowly.
   * Higher tiles read less for what they compute, lower ones have more zeros in common; where
   * vectors are 16 wide there are 32 of them.
   */
  public static CpuTiling of(DeviceInfo device, int vector) {
    int group = (int) Math.min(16, device.maxWorkGroup());
    return new CpuTiling(vector == 16 ? 8 : 4, vector, group, true);
  }

  /** This one with other tiles. */
  public List<Tiling> otherTiles() {
    List<Tiling> others = new ArrayList<>();
    for (int otherVector : VECTORS) {
      for (int otherRows : HEIGHTS) {
        boolean same = otherVector == vector && otherRows == rows;
        if (!same && otherRows <= otherVector) {
          others.add(new CpuTiling(otherRows, otherVector, group, skipsZeros));
        }
      }
    }
    return others;
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or there are no kernels for it
   */
  public static CpuTiling ofSizes(Map<String, Integer> sizes) {
    int vector = Sizes.get(sizes, "vector");
    if (Sizes.get(sizes, "panel") != 2 * vector) {
      throw new IllegalArgumentException("panels of " + sizes.get("panel"));
    }
    return new CpuTiling(Sizes.get(sizes, "rows"), vector, Sizes.get(sizes, "group"), true);
  }

  /** The same without leaving out zeros. */
  public CpuTiling keepingZeros() {
    return new CpuTiling(rows, vector, group, false);
  }

  /** Width of a tile and of a panel. */
  int panel() {
    return 2 * vector;
  }

  /** Row tiles that hold n rows; tiles of padding alone are left out. */
  int rowTiles(int n) {
    return (n + rows - 1) / rows;
  }

  /** Panels that hold n columns. */
  int panels(int n) {
    return (n + panel() - 1) / panel();
  }

  /** Row tiles in so many panels as hold n features. */
  int tilesInPanels(int n) {
    return panels(n) * (panel() / rows);
  }

  /** Features of a layer that are few for an input gradient. */
  int few() {
    return Math.min(16, panel());
  }

  @Override
  public String label() {
    return "cpu";
  }

  @Override
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("rows", rows);
    sizes.put("panel", panel());
    sizes.put("vector", vector);
    sizes.put("group", group);
    return sizes;
  }

  @Override
  public String options() {
    return layout().options() + " -DR=" + rows + " -DV=" + vector + " -DFEW=" + few();
  }

  @Override
  public Panels layout() {
    return new Panels(panel());
  }

  @Override
  public int neighbours() {
    return skipsZeros ? rows : 1;
  }

  @Override
  public List<Fusion> fusions() {
    return List.of(LATENT_SCATTER, LATENT, Fusions.RECONSTRUCT, Fusions.GRADIENT_ADAM);
  }

  /** Both heads, the sampling, what is kept of the heads, and the decoder's first layer. */
  private static Fusion latentGroup(List<Class<? extends Op>> kinds) {
    return new Fusion(
        "latent_forward_group",
        kinds,
        g -> {
          Op.Dense heads = (Op.Dense) g.get(0);
          Op.Latent latent = (Op.Latent) g.get(1);
          Op.Dense next = (Op.Dense) g.get(g.size() - 1);
          boolean kept = !(g.get(2) instanceof Op.Scatter s) || s.part().equals(heads.y());
          return kept
              && heads.f() == Activation.NONE
              && heads.y().equals(latent.heads())
              && next.x().equals(latent.z())
              && latent.samples() == 1
              && latent.z().cols() <= GROUPED_LATENT;
        },
        g -> List.of());
  }

  @Override
  public Kernels on(Workspace workspace) {
    return new CpuKernels(this, workspace);
  }
}
