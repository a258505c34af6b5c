package vaeocl.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import vaeocl.formats.FloatArray;
import vaeocl.ops.Backend;
import vaeocl.ops.Linear;
import vaeocl.ops.Tensor;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** A net's parameters between backend and file. On disk they have PyTorch's names and layout. */
public final class Weights {
  private Weights() {}

  /**
   * Initial values as torch's {@code nn.Linear} draws them: weights and biases uniform in ±1/√in.
   * Number i of a tensor is element i mod 4 of block ⌊i / 4⌋, counter row (INIT, tensor, 0, block).
   */
  public static void initialise(Backend backend, Vae vae) {
    long seed = vae.config().seed();
    int tensor = 0;
    for (Linear layer : vae.layers()) {
      double limit = 1 / Math.sqrt(layer.in());
      for (Tensor t : new Tensor[] {layer.weight().value(), layer.bias().value()}) {
        backend.write(t, uniform(seed, tensor++, Math.toIntExact(t.size()), limit));
      }
      for (var p : new vaeocl.ops.Param[] {layer.weight(), layer.bias()}) {
        backend.write(p.m(), new float[Math.toIntExact(p.m().size())]);
        backend.write(p.v(), new float[Math.toIntExact(p.v().size())]);
      }
    }
  }

  private static float[] uniform(long seed, int tensor, int count, double limit) {
    float[] values = new float[count];
    int[] words = new int[4];
    for (int i = 0; i < count; i++) {
      if (i % 4 == 0) {
        Philox.block(seed, Stream.INIT.word(), tensor, 0, i / 4, words);
      }
      values[i] = (float) (limit * (2 * Philox.uniform(words[i % 4]) - 1));
    }
    return values;
  }

  /** All parameters, by PyTorch's names, [out, in]. */
  public static Map<String, FloatArray> read(Backend backend, Vae vae) {
    Map<String, FloatArray> named = new LinkedHashMap<>();
    for (Linear layer : vae.layers()) {
      float[] w = backend.read(layer.weight().value());
      float[] b = backend.read(layer.bias().value());
      if (layer.equals(vae.heads())) {
        int latent = vae.config().latent();
        put(named, "fc21", layer.in(), rows(w, layer.in(), 0, latent), rows(b, 1, 0, latent));
        put(
            named,
            "fc22",
            layer.in(),
            rows(w, layer.in(), latent, latent),
            rows(b, 1, latent, latent));
      } else {
        put(named, layer.name(), layer.in(), w, b);
      }
    }
    return named;
  }

  private static float[] rows(float[] values, int cols, int first, int count) {
    return Arrays.copyOfRange(values, first * cols, (first + count) * cols);
  }

  private static void put(
      Map<String, FloatArray> named, String name, int in, float[] w, float[] b) {
    named.put(name + ".weight", new FloatArray(new int[] {b.length, in}, w));
    named.put(name + ".bias", new FloatArray(new int[] {b.length}, b));
  }
}
