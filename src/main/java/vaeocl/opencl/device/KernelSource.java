package vaeocl.opencl.device;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the text of kernels comes from: the jar, or a folder that replaces it. A program is its
 * preludes and one file, joined with {@code #line}, so that a compiler's message points at the
 * right place.
 */
public final class KernelSource {
  private static final Map<String, List<String>> PRELUDES =
      Map.ofEntries(
          tiles("dense_cpu.cl", "adam_update.cl"),
          tiles("batch_cpu.cl"),
          tiles("zeros_cpu.cl"),
          tiles("latent_cpu.cl", "philox.cl", "sampling.cl"),
          tiles("ssim_cpu.cl"),
          entry("dense_gpu.cl", "panel.cl", "activation.cl", "adam_update.cl"),
          entry("batch_gpu.cl", "panel.cl"),
          entry("latent.cl", "panel.cl", "items.cl", "philox.cl", "sampling.cl"),
          entry("loss.cl", "panel.cl", "activation.cl"),
          entry("adam.cl", "adam_update.cl"),
          entry("ssim_gpu.cl", "panel.cl"));

  /** A file of kernels that compute by tiles. */
  private static Map.Entry<String, List<String>> tiles(String file, String... more) {
    List<String> preludes =
        new ArrayList<>(List.of("panel.cl", "activation.cl", "items.cl", "tile_cpu.cl"));
    preludes.addAll(List.of(more));
    return Map.entry(file, preludes);
  }

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

  /** The whole text of a program of some files, each prelude once. */
  String program(List<String> files) {
    Set<String> all = new LinkedHashSet<>();
    for (String file : files) {
      all.addAll(PRELUDES.getOrDefault(file, List.of()));
      all.add(file);
    }
    StringBuilder text = new StringBuilder();
    all.forEach(file -> append(text, file));
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
