package vaeocl.opencl;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.DeviceKind;
import vaeocl.opencl.gpu.GpuTiling;
import vaeocl.opencl.plain.PlainTiling;
import vaeocl.opencl.plan.Tiling;

/** The kinds of tilings that there are: the one place that knows them all. */
public enum Tilings {
  /** Register tiles, zeros left out, one persistent launch. */
  CPU,
  /** Tiles in local memory. */
  GPU,
  /** Every operation as its formula. */
  PLAIN;

  private static Tiling cpu(DeviceInfo device) {
    CpuTiling tiling = CpuTiling.of(device);
    // For experiments: what leaving out zeros is worth, and that it changes nothing else.
    boolean keep = "keep".equals(System.getProperty("vaeocl.zeros"));
    return keep ? tiling.keepingZeros() : tiling;
  }

  /** The tiling of this kind, within the device's limits. */
  public Tiling of(DeviceInfo device) {
    return switch (this) {
      case CPU -> cpu(device);
      case GPU -> GpuTiling.of(device);
      case PLAIN -> PlainTiling.of(device);
    };
  }

  /**
   * The tiling of a run, from its {@link Tiling#sizes}.
   *
   * @throws IllegalArgumentException if one is missing or there are no kernels for it
   */
  public Tiling ofSizes(Map<String, Integer> sizes) {
    return switch (this) {
      case CPU -> CpuTiling.ofSizes(sizes);
      case GPU -> GpuTiling.ofSizes(sizes);
      case PLAIN -> PlainTiling.ofSizes(sizes);
    };
  }

  /**
   * What a search may try in place of a tiling of this kind, within the device's limits.
   *
   * @param largest elements of the net's largest product
   */
  public List<Tiling> others(DeviceInfo device, Tiling tiling, long largest) {
    return switch (this) {
      case CPU -> ((CpuTiling) tiling).otherTiles();
      case GPU -> ((GpuTiling) tiling).others(device, largest);
      case PLAIN -> List.of();
    };
  }

  /** A tiling of this kind compiled in other ways, where the device's compiler has any. */
  public List<Tiling> otherwiseCompiled(ClDevice device, Tiling tiling) {
    return tiling instanceof GpuTiling gpu ? gpu.otherwiseCompiled(device.subGroups()) : List.of();
  }

  /** What {@code --tiling} and config.json call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Tilings of(String label) {
    return List.of(values()).stream()
        .filter(t -> t.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no tiling '" + label + "'"));
  }

  /** The kind that suits a device. */
  public static Tilings suiting(DeviceInfo device) {
    // Mesa's llvmpipe ends a work-item's loops after 65,535 rounds in all, without a word: in
    // kernels for CPUs, which go through whole matrices, columns stay unwritten. Each formula by
    // itself has short loops, and is several times as fast there as tiles in local memory.
    if (device.name().startsWith("llvmpipe")) {
      return PLAIN;
    }
    return device.kind() == DeviceKind.CPU ? CPU : GPU;
  }
}
