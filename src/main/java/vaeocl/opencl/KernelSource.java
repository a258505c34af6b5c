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
      Map.ofEntries(
          entry("dense_cpu.cl", "panel.cl", "activation.cl", "adam_update.cl", "tile_cpu.cl"),
          entry("dense_gpu.cl", "panel.cl", "activation.cl", "adam_update.cl"),
          entry("batch_cpu.cl", "panel.cl", "activation.cl", "tile_cpu.cl"),
          entry("batch_gpu.cl", "panel.cl"),
          entry("zeros_cpu.cl", "panel.cl", "activation.cl", "tile_cpu.cl"),
          entry("latent.cl", "panel.cl", "philox.cl", "sampling.cl"),
          entry(
              "latent_cpu.cl",
              "panel.cl",
              "activation.cl",
              "philox.cl",
              "sampling.cl",
              "tile_cpu.cl"),
          entry("loss.cl", "panel.cl", "activation.cl"),
          entry("adam.cl", "adam_update.cl"),
          entry("ssim_cpu.cl", "panel.cl", "activation.cl", "tile_cpu.cl"),
          entry("ssim_gpu.cl", "panel.cl"));

  private static Map.Entry<String, List<String>> entry(String file, String... preludes) {
    return Map.entry(file, List.of(preludes));
  }

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
