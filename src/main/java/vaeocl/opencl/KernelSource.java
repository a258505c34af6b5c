package vaeocl.opencl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the text of kernels comes from: the jar, or a folder that replaces it. A program is its
 * preludes and one file, joined with {@code #line}, so that a compiler's message points at the
 * right place.
 */
public final class KernelSource {
  private static final Map<String, List<String>> PRELUDES =
      Map.of(
          "dense_cpu.cl", List.of("panel.cl", "activation.cl", "adam_update.cl", "tile_cpu.cl"),
          "dense_gpu.cl", List.of("panel.cl", "activation.cl", "adam_update.cl"),
          "batch_cpu.cl", List.of("panel.cl", "activation.cl", "tile_cpu.cl"),
          "batch_gpu.cl", List.of("panel.cl"),
          "latent.cl", List.of("panel.cl", "philox.cl", "sampling.cl"),
          "latent_cpu.cl",
              List.of("panel.cl", "activation.cl", "philox.cl", "sampling.cl", "tile_cpu.cl"),
          "loss.cl", List.of("panel.cl", "activation.cl"),
          "adam.cl", List.of("adam_update.cl"),
          "ssim_cpu.cl", List.of("panel.cl", "activation.cl", "tile_cpu.cl"),
          "ssim_gpu.cl", List.of("panel.cl"));

  private final Path folder;

  private KernelSource(Path folder) {
    this.folder = folder;
  }

  /** The kernels packed into the program. */
  public static KernelSource packed() {
    return new KernelSource(null);
  }

  /** Kernels read from a folder, which must hold all of them. */
  public static KernelSource folder(Path folder) {
    return new KernelSource(folder);
  }

  /** A program's whole text. */
  String program(String file) {
    StringBuilder text = new StringBuilder();
    for (String prelude : PRELUDES.getOrDefault(file, List.of())) {
      append(text, prelude);
    }
    append(text, file);
    return text.toString();
  }

  private void append(StringBuilder text, String file) {
    text.append("#line 1 \"").append(file).append("\"\n").append(read(file)).append('\n');
  }

  private String read(String file) {
    try {
      if (folder != null) {
        return Files.readString(folder.resolve(file));
      }
      try (InputStream in = KernelSource.class.getResourceAsStream("/kernels/" + file)) {
        if (in == null) {
          throw new FileNotFoundException(file + " is missing from the jar: build it again");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
