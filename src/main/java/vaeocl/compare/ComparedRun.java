package vaeocl.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.model.EpochResult;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;

/**
 * A run beside others.
 *
 * @param name as the user knows it
 * @param metrics of all finished epochs
 * @param planned how many epochs it is to have
 * @param epoch whose weights are looked at: the one with the least validation loss where there is
 *     one, else the last
 * @param reconstructions of the test images that all runs are shown with, z = mu, a byte a pixel
 * @param samples what the points that all runs are shown with decode to
 */
public record ComparedRun(
    String name,
    Path folder,
    VaeConfig settings,
    List<EpochResult> metrics,
    int planned,
    int epoch,
    Losses validation,
    Losses test,
    byte[][] reconstructions,
    byte[][] samples) {
  /** The key of the number of epochs among {@link #texts}. */
  public static final String EPOCHS = "epochs";

  private static final String SEED = "seed";

  public ComparedRun {
    metrics = List.copyOf(metrics);
  }

  /** The epoch whose weights are looked at. */
  public EpochResult chosen() {
    return metrics.get(epoch - 1);
  }

  /** Seconds of all epochs, evaluations included. */
  public double seconds() {
    return metrics.stream().mapToDouble(r -> r.training().seconds() + r.evaluationSeconds()).sum();
  }

  /** All settings by their keys, and the number of epochs. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Object> values = settings.values();
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      texts.put(setting.key(), setting.print(values.get(setting.key())));
    }
    texts.put(EPOCHS, Integer.toString(planned));
    return texts;
  }

  /** The same without the seed: runs that differ in nothing else are one experiment. */
  public Map<String, String> experiment() {
    Map<String, String> texts = texts();
    texts.remove(SEED);
    return texts;
  }
}
