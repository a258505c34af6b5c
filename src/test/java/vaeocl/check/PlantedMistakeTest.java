package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.check.Mistake.in;
import static vaeocl.opencl.device.DeviceKind.CPU;
import static vaeocl.opencl.device.DeviceKind.GPU;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.Tiling;

/** Mistakes in the shipped kernels are caught. Whoever rewrites a line adapts its mistake. */
class PlantedMistakeTest {
  static Stream<Mistake> dense() {
    String cpu = "dense_cpu.cl";
    String gpu = "dense_gpu.cl";
    String loss = "2.0f * d * recon * (1.0f - recon)";
    String wrongLoss = "2.0f * d * recon * (1.0f + recon)";
    String both = "Dense + Reconstruction";
    return Stream.of(
        in(cpu, CPU, both, "gradient of the loss", 1, loss + ";", wrongLoss + ";"),
        in(gpu, GPU, both, "gradient of the loss", 1, loss + ";", wrongLoss + ";"),
        in(cpu, CPU, both, "padding in the error", 1, "if (row + r < batch) sum", "sum"),
        in(gpu, GPU, both, "padding in the error", 1, "row < batch && col < out", "row < batch"),
        in(
            gpu,
            GPU,
            "Dense ",
            "one column of padding",
            1,
            "k0 + i % P < terms",
            "k0 + i % P <= terms"),
        in(
            gpu,
            GPU,
            "Dense ",
            "last panel dropped",
            1,
            "k0 < terms; k0 += P",
            "k0 + P <= terms; k0 += P"),
        in(
            gpu,
            GPU,
            "Dense ",
            "slice 1 forgotten",
            1,
            "int slice = 1; slice",
            "int slice = 2; slice"),
        in(cpu, CPU, "DenseBackward", "gate of ReLU", 1, "x + to) > 0.0f", "x + to) < 0.0f"),
        in(cpu, CPU, "DenseBackward", "gate, few outputs", 1, "> 0.0f ? t[r]", "< 0.0f ? t[r]"),
        in(cpu, CPU, "DenseBackward", "second word of a set", 1, "item1 * 64", "0"),
        in(cpu, CPU, "DenseBackward", "lanes behind the end", 1, "LANE < left", "LANE <= left"),
        in(cpu, CPU, "DenseBackward", "zeros left out are not written", 1, "all & ~set", "0"),
        in("tile_cpu.cl", CPU, "DenseBackward", "sums exchanged", 1, "(t[r]);", "(t[r ^ 1]);"),
        in(gpu, GPU, "DenseBackward", "gate of ReLU", 1, "xT[at] > 0.0f ?", "xT[at] < 0.0f ?"),
        in(
            gpu,
            GPU,
            "Dense ",
            "bias forgotten",
            1,
            "t[m][n] + bias[PANEL * P + C0 + n * STEP]",
            "t[m][n]"),
        in(
            cpu,
            CPU,
            "Dense",
            "bias of the next panel",
            2,
            "CONST_VEC(bias + panel * P",
            "CONST_VEC(bias"),
        in(
            gpu,
            GPU,
            "Dense ",
            "transpose elsewhere",
            1,
            "ROW_TILE * R + R0 + m)\n\n",
            "ROW_TILE * R + R0 + (m ^ 1))\n\n"),
        in(cpu, CPU, "Gradient", "last sample", 1, "s < batch; s++", "s < batch - 1; s++"),
        in(gpu, GPU, "Gradient", "last sample", 1, "s < batch; s++", "s < batch - 1; s++"));
  }

  static Stream<Mistake> others() {
    String at = "#define AT(rows, r, c) ((uint)(c) / P";
    String keep = "((float)N / (N - 1))";
    String root = "sqrt(v) * rate.y";
    String gather = "batch_cpu.cl";
    String chain = "Gather + Dense";
    String guard = "if (s >= batch) return;";
    return Stream.of(
        in("panel.cl", CPU, "Latent", "wrong slot", 1, "((run)[1] + (nth))", "((run)[1] + 1)"),
        in(
            "panel.cl",
            GPU,
            "Gather",
            "wrong rows",
            1,
            "((run)[0] + (nth)",
            "((run)[0] - 1 + (nth)"),
        in("panel.cl", GPU, "LatentBackward", "panel", 1, at, at + " % 1"),
        in("activation.cl", CPU, "SIGMOID", "sign", 1, "exp(-(v))", "exp(v)"),
        in("activation.cl", GPU, "RELU", "gate", 1, "(v) < 0 ?", "(v) > 0 ?"),
        in("adam_update.cl", CPU, "AdamStep", "bias correction", 1, root, "sqrt(v) / rate.y"),
        in("adam_update.cl", GPU, "AdamStep", "m uncorrected", 1, "rate.x * m", "1e-3f * m"),
        in(
            "adam_update.cl",
            CPU,
            "AdamStep 784x400",
            "eps under the root",
            1,
            root + " + eps",
            "sqrt(v + eps) * rate.y"),
        in("adam.cl", CPU, "AdamStep", "second moment", 1, "v[i] = square", "v[i] = mean"),
        in("philox.cl", CPU, "Latent ", "rounds", 1, "round < 10", "round < 9"),
        in("philox.cl", GPU, "Latent ", "key", 1, "0xBB67AE85u", "0xBB67AE86u"),
        in(
            "sampling.cl",
            CPU,
            "Latent ",
            "step ignored",
            1,
            "stepwise ? RUN_STEP(run, nth)",
            "0 ? 1u"),
        in(
            "sampling.cl",
            GPU,
            "Latent ",
            "sign in KL",
            1,
            "exp(logvar) - logvar",
            "exp(logvar) + logvar"),
        in(
            "sampling.cl",
            CPU,
            "LatentBackward",
            "sign of KL's gradient",
            1,
            "g + beta * mu",
            "g - beta * mu"),
        in(
            "sampling.cl",
            GPU,
            "LatentBackward",
            "beta forgotten",
            1,
            "0.5f * beta * (",
            "0.5f * ("),
        in(
            "sampling.cl",
            GPU,
            "Latent 3x2",
            "transpose elsewhere",
            1,
            "PAD(latent), d, s",
            "PAD(latent), s, d"),
        in("latent.cl", CPU, "Latent 1x1", "write behind the end", 2, guard, ""),
        in(
            "loss.cl",
            CPU,
            "Reconstruction",
            "sign of the gradient",
            1,
            "d = recon - x[at]",
            "d = x[at] - recon"),
        in("loss.cl", GPU, "Reconstruction", "last pixel", 1, "i < out", "i < out - 1"),
        in("loss.cl", CPU, "Reconstruction 1x1", "write behind the end", 1, guard, ""),
        in(
            gather,
            CPU,
            chain,
            "lists drop their last",
            1,
            "list[0] = count;",
            "list[0] = max(count - 1, 0);"),
        in(
            gather,
            CPU,
            chain,
            "sets lack every eighth sample",
            1,
            "ink & ((1 << count) - 1)",
            "ink & ((1 << count) - 2)"),
        in(
            "zeros_cpu.cl",
            CPU,
            "Dense",
            "lists drop their last",
            1,
            "list[0] = count;",
            "list[0] = max(count - 1, 0);"),
        in(gather, CPU, "Gather", "transpose elsewhere", 1, "(in), j, f", "(in), j ^ 1, f"),
        in("zeros_cpu.cl", CPU, "Dense", "sets lack a lane", 1, "int j = c; j", "int j = c + 1; j"),
        in("zeros_cpu.cl", CPU, "Dense", "sets lack a half", 1, "high << 32 | low", "high << 32"),
        in("tile_cpu.cl", CPU, "Dense", "flags of the first word", 1, "(flags + k0)", "(flags)"),
        in("tile_cpu.cl", CPU, "Dense", "flags side by side", 1, "<< 8 * i;", "<< 8 * (7 - i);"),
        in(gather, CPU, chain, "first lane not listed", 1, "lane[j] != 0;", "lane[j] != 0 && j;"),
        in("tile_cpu.cl", CPU, "Dense ", "last of k", 1, "k < n - k0; k++", "k < n - k0 - 1; k++"),
        in("tile_cpu.cl", CPU, "Dense ", "transpose elsewhere", 1, "= lane[j]", "= lane[j ^ 1]"),
        in(
            "latent_cpu.cl",
            CPU,
            "Dense + Latent",
            "last sample",
            1,
            "min(row + R, batch)",
            "min(row + R, batch - 1)"),
        in("batch_gpu.cl", GPU, "Gather", "scale", 1, "/ 255.0f", "/ 256.0f"),
        in("ssim_cpu.cl", CPU, "ImageMetrics", "sample covariance", 2, keep, "1.0f"),
        in("ssim_gpu.cl", GPU, "ImageMetrics", "sample covariance", 2, keep, "1.0f"),
        in(
            "ssim_gpu.cl",
            GPU,
            "ImageMetrics",
            "last row of windows",
            1,
            "window < WINDOWS",
            "window < WINDOWS - ACROSS"));
  }

  @ParameterizedTest
  @MethodSource({"dense", "others"})
  void isCaught(Mistake mistake, @TempDir Path folder) throws Exception {
    ClDevice device = Pocl.device();
    KernelFiles.plant(folder, mistake.file(), mistake.text(), mistake.other(), mistake.times());
    List<OpCase> cases =
        Cases.all().stream()
            .filter(c -> c.label().contains(mistake.cases()))
            .filter(c -> c.small() || mistake.cases().equals(c.label()))
            .toList();
    assertTrue(cases.size() > 0, "no case is called " + mistake.cases());
    Tiling tiling = Tiling.of(device.info(), mistake.kind());
    try (Checker checker = new Checker(device, KernelSource.folder(folder), tiling)) {
      assertTrue(cases.stream().anyMatch(c -> notices(checker, c)), "not noticed");
    }
  }

  /** Whether a case fails; a kernel that cannot be compiled does not count. */
  private static boolean notices(Checker checker, OpCase opCase) {
    try {
      return !checker.run(opCase).passed();
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("a kernel wrote behind the end of "), message);
      return true;
    }
  }
}
