package vaeocl.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import vaeocl.data.Dataset;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.DeviceInfo;
import vaeocl.opencl.Tiling;

/** The contents of config.json: what was run, on which data, where, with what. */
final class RunConfig {
  private RunConfig() {}

  static Map<String, Object> of(
      VaeConfig c, int epochs, Dataset data, DeviceInfo device, Tiling tiling, String kernels) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("version", Version.number());
    config.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    config.put("epochs", epochs);
    config.put("batch_size", c.batchSize());
    config.put("learning_rate", c.learningRate());
    config.put("beta", c.beta());
    config.put("latent", c.latent());
    config.put("hidden", c.hidden());
    config.put("seed", c.seed());
    Map<String, Object> set = section(config, "dataset");
    set.put("name", data.name());
    set.put("source", data.source());
    set.put("sha256", data.sha256());
    set.put("train_images", data.train().count());
    set.put("test_images", data.test().count());
    set.put("height", data.train().rows());
    set.put("width", data.train().cols());
    Map<String, Object> dev = section(config, "device");
    dev.put("name", device.name());
    dev.put("platform", device.platform());
    dev.put("vendor", device.vendor());
    dev.put("kind", device.kind().label());
    dev.put("version", device.version());
    dev.put("driver", device.driver());
    Map<String, Object> tile = section(config, "tiling");
    tile.put("kind", tiling.label());
    tile.put("options", tiling.options());
    tile.put("kernels", kernels);
    Map<String, Object> host = section(config, "host");
    host.put("java", System.getProperty("java.version"));
    host.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return config;
  }

  private static Map<String, Object> section(Map<String, Object> config, String name) {
    Map<String, Object> section = new LinkedHashMap<>();
    config.put(name, section);
    return section;
  }
}
