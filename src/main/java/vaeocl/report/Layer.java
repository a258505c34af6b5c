package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vaeocl.formats.FloatArray;

/**
 * A layer of the decoder: y = x·wᵀ + b, then relu, or sigmoid behind the last.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
record Layer(int in, int out, float[] weight, float[] bias) {
  private static final Pattern DEEP = Pattern.compile("decoder\\.(\\d{1,6})\\.weight");

  /**
   * The decoder among {@code weights}: fc3 and fc4, or decoder.0 and so on for deeper nets.
   *
   * @throws IllegalArgumentException if there is none or its layers do not fit together
   */
  static List<Layer> decoder(Map<String, FloatArray> weights) {
    List<String> names = names(weights);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("holds no decoder (fc3 and fc4, or decoder.0 …)");
    }
    List<Layer> layers = new ArrayList<>();
    for (String name : names) {
      FloatArray weight = weights.get(name + ".weight");
      FloatArray bias = weights.get(name + ".bias");
      if (weight == null || bias == null) {
        throw new IllegalArgumentException("lacks the weight or the bias of " + name);
      }
      int[] shape = weight.shape();
      boolean fits = shape.length == 2 && bias.values().length == shape[0];
      if (!fits || (!layers.isEmpty() && layers.get(layers.size() - 1).out != shape[1])) {
        throw new IllegalArgumentException("the shapes of " + name + " do not fit its neighbours'");
      }
      layers.add(new Layer(shape[1], shape[0], weight.values(), bias.values()));
    }
    return List.copyOf(layers);
  }

  private static List<String> names(Map<String, FloatArray> weights) {
    if (weights.containsKey("fc3.weight") || weights.containsKey("fc4.weight")) {
      return List.of("fc3", "fc4");
    }
    TreeMap<Integer, String> deep = new TreeMap<>();
    for (String name : weights.keySet()) {
      Matcher m = DEEP.matcher(name);
      if (m.matches()) {
        deep.put(Integer.valueOf(m.group(1)), "decoder." + m.group(1));
      }
    }
    return List.copyOf(deep.values());
  }
}
