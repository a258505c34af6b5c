package vaeocl.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.formats.Sha256;
import vaeocl.ops.Likelihood;

/**
 * A trained net as a file: parameters under PyTorch's names. What the shapes cannot say stands in
 * the metadata; a file without any, as PyTorch writes it, is understood from its shapes and the
 * experiment's defaults.
 *
 * @param height of the images
 * @param width of the images
 * @param weights by name, [out, in]
 * @param metadata as in the file
 */
public record SavedModel(
    VaeConfig config,
    int height,
    int width,
    Map<String, FloatArray> weights,
    Map<String, String> metadata) {
  /** The key by which a file's metadata say that it holds more than a model. */
  public static final String KIND = "kind";

  /** The key for the checksum of the images that it was trained with, labels included. */
  public static final String DATASET_SHA256 = "dataset_sha256";

  /** The key for the checksum of the images alone. */
  public static final String IMAGES_SHA256 = "images_sha256";

  private static final int FINGERPRINT_DIGITS = 16;
  private static final String ARCHITECTURE = "vae";

  /** The key for the variance of a Gaussian likelihood. */
  public static final String VARIANCE = "variance";

  private static final String LIKELIHOOD = "likelihood";

  /** What versions before 0.3 called {@link Likelihood#MSE}, which was all they knew. */
  private static final String EARLIER_MSE = "squared-error";

  /** What {@link #read} takes from the metadata. */
  public static Map<String, String> metadata(
      VaeConfig config, int height, int width, String dataset, String version) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("architecture", ARCHITECTURE);
    metadata.put("version", version);
    metadata.put("height", Integer.toString(height));
    metadata.put("width", Integer.toString(width));
    Map<String, Object> values = config.values();
    VaeConfig.SETTINGS.stream()
        .filter(setting -> setting.setting().kept())
        .forEach(s -> metadata.put(s.key(), s.print(values.get(s.key()))));
    metadata.put("dataset", dataset);
    return metadata;
  }

  /** This model's metadata as a program of this version would write it. */
  public Map<String, String> description(String version) {
    String dataset = metadata.getOrDefault("dataset", "unknown");
    return metadata(config, height, width, dataset, version);
  }

  /** The first 8 bytes of the SHA-256 of all parameters, in hexadecimal: what codes belong to. */
  public String fingerprint() {
    Sha256 sha256 = new Sha256();
    new TreeMap<>(weights).values().forEach(array -> sha256.add(array.values()));
    return sha256.hex().substring(0, FINGERPRINT_DIGITS);
  }

  /** The net. */
  public Vae vae() {
    return new Vae(height * width, config);
  }

  /** The same with another seed for its noise. */
  public SavedModel withSeed(long seed) {
    VaeConfig seeded = config.with(Map.of("seed", seed));
    return new SavedModel(seeded, height, width, weights, metadata);
  }

  /**
   * Reads a model, or the parameters of a checkpoint.
   *
   * @throws FormatException if the file is missing, damaged, or holds no such net
   */
  public static SavedModel read(Path file) throws FormatException {
    Safetensors found = Safetensors.read(file).requireWhole(file);
    Map<String, String> m = found.metadata();
    require(file, m, "architecture", ARCHITECTURE);
    Map<String, FloatArray> tensors = LayerNames.unwrapped(found.tensors());
    LayerNames names = LayerNames.in(tensors.keySet());
    List<Integer> hidden = new ArrayList<>();
    for (String name : names.encoder()) {
      hidden.add(matrix(file, tensors, name + ".weight").shape()[0]);
    }
    int latent = matrix(file, tensors, names.mu() + ".weight").shape()[0];
    int pixels = matrix(file, tensors, names.encoder().get(0) + ".weight").shape()[1];
    int side = (int) Math.round(Math.sqrt(pixels));
    int height;
    int width;
    VaeConfig config;
    try {
      height = Integer.parseInt(m.getOrDefault("height", Integer.toString(side)));
      width = Integer.parseInt(m.getOrDefault("width", Integer.toString(side)));
      config =
          VaeConfig.parse(key -> text(m, key)).with(Map.of("hidden", hidden, "latent", latent));
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "its metadata or shapes are unusable: " + e.getMessage(), e);
    }
    if (height < 1 || width < 1 || (long) height * width != pixels) {
      throw new FormatException(
          file,
          "its net takes " + pixels + " pixels, which are no image of " + height + "x" + width);
    }
    Map<String, FloatArray> weights = Weights.parameters(tensors);
    if (m.containsKey(KIND)) {
      weights.keySet().removeIf(name -> !Weights.ofNet(name));
    }
    SavedModel model = new SavedModel(config, height, width, weights, m);
    var wrong = Weights.mismatch(model.vae(), model.weights(), false);
    if (wrong.isPresent()) {
      throw new FormatException(file, wrong.get() + "; " + LayerNames.SAID);
    }
    return model;
  }

  private static String text(Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    return key.equals(LIKELIHOOD) && EARLIER_MSE.equals(text)
        ? TextValue.print(Likelihood.MSE)
        : text;
  }

  /** The variance of a Gaussian likelihood: the one it was trained with last. */
  public double variance() {
    double first = new Criterion(config, height * width).firstVariance();
    return Double.parseDouble(metadata.getOrDefault(VARIANCE, Double.toString(first)));
  }

  private static void require(Path file, Map<String, String> metadata, String key, String value)
      throws FormatException {
    String found = metadata.getOrDefault(key, value);
    if (!found.equals(value)) {
      throw new FormatException(
          file, "its " + key + " is '" + found + "', which this version does not know");
    }
  }

  private static FloatArray matrix(Path file, Map<String, FloatArray> tensors, String name)
      throws FormatException {
    FloatArray matrix = tensors.get(name);
    if (matrix == null || matrix.shape().length != 2) {
      throw new FormatException(
          file,
          (matrix == null ? "has no tensor " + name : "its tensor " + name + " is no matrix")
              + "; "
              + LayerNames.SAID);
    }
    return matrix;
  }
}
