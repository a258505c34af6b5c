package vaeocl.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the layers of a net are called on disk, where .weight and .bias are added: fc1, fc21, fc22,
 * fc3, fc4 with one hidden layer on each side of z; encoder.0 …, mu, logvar, decoder.0 … with more.
 *
 * @param encoder its hidden layers
 * @param heads the matrix of mu and logvar, which has no name on disk
 * @param decoder its hidden layers, then the one that puts out the image
 */
record LayerNames(
    List<String> encoder, String heads, String mu, String logvar, List<String> decoder) {
  /** For error messages. */
  static final String SAID =
      "a model has fc1, fc21, fc22, fc3 and fc4, as PyTorch's nn.Linear, or, with more hidden"
          + " layers, encoder.0 …, mu, logvar and decoder.0 …";

  private static final Pattern FIRST = Pattern.compile("(.*\\.)(?:fc1|encoder\\.0)\\.weight$");

  private static final LayerNames ONE =
      new LayerNames(List.of("fc1"), "fc2", "fc21", "fc22", List.of("fc3", "fc4"));

  /** The names of a net with so many hidden layers on each side of z. */
  static LayerNames of(int hidden) {
    return hidden == 1 ? ONE : deep(hidden, hidden + 1);
  }

  /**
   * The names that a file uses; those of one hidden layer where neither fits.
   *
   * @param tensors all that it holds
   */
  static LayerNames in(Set<String> tensors) {
    int encoder = count(tensors, "encoder.");
    int decoder = count(tensors, "decoder.");
    return encoder + decoder == 0 ? ONE : deep(Math.max(1, encoder), Math.max(1, decoder));
  }

  /**
   * Tensors without what all their names begin with, where a module was saved within another:
   * "module." of DataParallel, "_orig_mod." of torch.compile, a Lightning module's own name for it.
   */
  static <T> Map<String, T> unwrapped(Map<String, T> tensors) {
    String prefix =
        tensors.keySet().stream()
            .flatMap(name -> FIRST.matcher(name).results())
            .map(first -> first.group(1))
            .filter(p -> tensors.keySet().stream().allMatch(name -> name.startsWith(p)))
            .findFirst()
            .orElse("");
    Map<String, T> own = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> own.put(name.substring(prefix.length()), tensor));
    return own;
  }

  private static LayerNames deep(int encoder, int decoder) {
    return new LayerNames(
        numbered("encoder.", encoder), "heads", "mu", "logvar", numbered("decoder.", decoder));
  }

  private static List<String> numbered(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return List.copyOf(names);
  }

  private static int count(Set<String> tensors, String prefix) {
    int count = 0;
    while (tensors.contains(prefix + count + ".weight")) {
      count++;
    }
    return count;
  }
}
