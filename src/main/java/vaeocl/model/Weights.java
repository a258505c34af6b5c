package vaeocl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import vaeocl.formats.FloatArray;
import vaeocl.ops.Backend;
import vaeocl.ops.Linear;
import vaeocl.ops.Param;
import vaeocl.ops.Tensor;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** A net's parameters between backend and file. On disk they have PyTorch's names and layout. */
public final class Weights {
  /** Endings of the names of Adam's moments. */
  private static final String M = ".m";

  private static final String V = ".v";

  private Weights() {}

  /**
   * Initial values as torch's {@code nn.Linear} draws them: weights and biases uniform in ±1/√in.
   * Number i of a tensor is element i mod 4 of block ⌊i / 4⌋, counter row (INIT, tensor, 0, block).
   * Adam's moments are zeros.
   */
  public static void initialise(Backend backend, Vae vae) {
    long seed = vae.config().seed();
    int tensor = 0;
    for (Linear layer : vae.layers()) {
      double limit = 1 / Math.sqrt(layer.in());
      for (Param p : params(layer)) {
        backend.write(p.value(), uniform(seed, tensor++, count(p.value()), limit));
        clearMoments(backend, p);
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
    read(backend, vae, named, Param::value, "");
    return named;
  }

  /** All parameters, and Adam's moments as NAME.m and NAME.v. */
  public static Map<String, FloatArray> readState(Backend backend, Vae vae) {
    Map<String, FloatArray> named = read(backend, vae);
    read(backend, vae, named, Param::m, M);
    read(backend, vae, named, Param::v, V);
    return named;
  }

  /**
   * Whether a tensor of a checkpoint belongs to the net: names of parameters and moments have a
   * dot, those of what else a training keeps have none.
   */
  public static boolean ofNet(String name) {
    return name.indexOf('.') >= 0;
  }

  /** What is left of a net's state without all that only training needs, in the same order. */
  public static Map<String, FloatArray> parameters(Map<String, FloatArray> state) {
    Map<String, FloatArray> parameters = new LinkedHashMap<>(state);
    parameters.keySet().removeIf(name -> name.endsWith(M) || name.endsWith(V));
    return parameters;
  }

  /**
   * Sets all parameters; Adam's moments become zeros.
   *
   * @throws IllegalArgumentException where {@link #mismatch} would object
   */
  public static void write(Backend backend, Vae vae, Map<String, FloatArray> named) {
    write(backend, vae, named, Param::value, "");
    vae.layers().forEach(layer -> params(layer).forEach(p -> clearMoments(backend, p)));
  }

  /**
   * Sets all parameters and moments.
   *
   * @throws IllegalArgumentException where {@link #mismatch} would object
   */
  public static void writeState(Backend backend, Vae vae, Map<String, FloatArray> named) {
    write(backend, vae, named, Param::value, "");
    write(backend, vae, named, Param::m, M);
    write(backend, vae, named, Param::v, V);
  }

  /**
   * Whether arrays are those of a net: what is wrong, as the end of a sentence about their file.
   *
   * @param moments whether Adam's moments have to be there; otherwise they may
   */
  public static Optional<String> mismatch(Vae vae, Map<String, FloatArray> named, boolean moments) {
    Map<String, FloatArray> left = new LinkedHashMap<>(named);
    for (Slice s : slices(vae)) {
      for (String ending : List.of("", M, V)) {
        for (Map.Entry<String, int[]> e : s.shapes(ending).entrySet()) {
          FloatArray found = left.remove(e.getKey());
          if (found == null && (moments || ending.isEmpty())) {
            return Optional.of("has no tensor " + e.getKey());
          }
          if (found != null && !Arrays.equals(found.shape(), e.getValue())) {
            return Optional.of(
                "its tensor "
                    + e.getKey()
                    + " has shape "
                    + Arrays.toString(found.shape())
                    + " where the net has "
                    + Arrays.toString(e.getValue()));
          }
        }
      }
    }
    return left.keySet().stream().findFirst().map(name -> "has an unknown tensor " + name);
  }

  /** Rows of a layer that have a name of their own on disk. */
  private record Slice(String name, Linear layer, int first, int count) {
    Map<String, int[]> shapes(String ending) {
      Map<String, int[]> shapes = new LinkedHashMap<>();
      shapes.put(name + ".weight" + ending, new int[] {count, layer.in()});
      shapes.put(name + ".bias" + ending, new int[] {count});
      return shapes;
    }
  }

  private static List<Slice> slices(Vae vae) {
    List<Slice> slices = new ArrayList<>();
    LayerNames names = LayerNames.of(vae.config().hidden().size());
    int latent = vae.config().latent();
    Linear heads = vae.net().heads().linear();
    for (Linear layer : vae.layers()) {
      if (layer.equals(heads)) {
        slices.add(new Slice(names.mu(), layer, 0, latent));
        slices.add(new Slice(names.logvar(), layer, latent, latent));
      } else {
        slices.add(new Slice(layer.name(), layer, 0, layer.out()));
      }
    }
    return slices;
  }

  private static void read(
      Backend backend,
      Vae vae,
      Map<String, FloatArray> named,
      Function<Param, Tensor> part,
      String ending) {
    for (Slice s : slices(vae)) {
      for (Param p : params(s.layer())) {
        float[] all = backend.read(part.apply(p));
        int width = all.length / s.layer().out();
        int[] shape = shape(s, p, ending);
        float[] rows = Arrays.copyOfRange(all, s.first() * width, (s.first() + s.count()) * width);
        named.put(name(s, p, ending), new FloatArray(shape, rows));
      }
    }
  }

  private static void write(
      Backend backend,
      Vae vae,
      Map<String, FloatArray> named,
      Function<Param, Tensor> part,
      String ending) {
    for (Linear layer : vae.layers()) {
      for (Param p : params(layer)) {
        float[] all = new float[count(p.value())];
        int width = all.length / layer.out();
        for (Slice s : slices(vae)) {
          if (s.layer().equals(layer)) {
            float[] rows = rows(named, s, p, ending);
            System.arraycopy(rows, 0, all, s.first() * width, rows.length);
          }
        }
        backend.write(part.apply(p), all);
      }
    }
  }

  private static float[] rows(Map<String, FloatArray> named, Slice s, Param p, String ending) {
    FloatArray found = named.get(name(s, p, ending));
    int[] shape = shape(s, p, ending);
    if (found == null || !Arrays.equals(found.shape(), shape)) {
      throw new IllegalArgumentException(
          name(s, p, ending) + " has to be " + Arrays.toString(shape) + ": " + found);
    }
    return found.values();
  }

  private static String name(Slice s, Param p, String ending) {
    return s.name() + (p.equals(s.layer().weight()) ? ".weight" : ".bias") + ending;
  }

  private static int[] shape(Slice s, Param p, String ending) {
    return s.shapes(ending).get(name(s, p, ending));
  }

  private static List<Param> params(Linear layer) {
    return List.of(layer.weight(), layer.bias());
  }

  private static int count(Tensor t) {
    return Math.toIntExact(t.size());
  }

  private static void clearMoments(Backend backend, Param p) {
    backend.write(p.m(), new float[count(p.m())]);
    backend.write(p.v(), new float[count(p.v())]);
  }
}
