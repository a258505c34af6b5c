package vaeocl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import vaeocl.api.DeviceSetup;
import vaeocl.data.Catalogue;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.tune.Conditions;
import vaeocl.tune.Search;
import vaeocl.tune.TunedTilings;

/** {@code --untuned}: whether a training runs in the tiling that 'tune' found for it. */
final class TunedOption {
  /** Names the folder of what was found; for tests, which depend on none. */
  private static final String VARIABLE = "VAE_OCL_TUNED";

  @Option(names = "--untuned", description = "Leave aside what 'tune' found for this device.")
  private boolean untuned;

  /** Where tuned tilings are; empty where there is no place for a cache. */
  static Optional<TunedTilings> folder() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Optional.of(new TunedTilings(Path.of(named)));
    }
    Path cache = Catalogue.cacheFolder(System::getenv, System.getProperty("user.home"));
    return Optional.ofNullable(cache).map(folder -> new TunedTilings(folder.resolve("tuned")));
  }

  /** The setup of a training: see {@link #tiling}. */
  DeviceSetup of(DeviceSetup standard, VaeConfig config, int pixels, CommandSpec command) {
    return standard.withTiling(
        tiling(standard.tiling(), standard.device(), standard.kernels(), config, pixels, command));
  }

  /**
   * The tiling of a training: what was found for it, else the default; says which if it was found.
   *
   * @param otherwise the default
   */
  Tiling tiling(
      Tiling otherwise,
      ClDevice device,
      KernelSource source,
      VaeConfig config,
      int pixels,
      CommandSpec command) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Optional<TunedTilings> folder = untuned ? Optional.empty() : folder();
    if (folder.isEmpty()) {
      return otherwise;
    }
    Conditions now = Conditions.of(device, source, Tilings.of(otherwise.label()), config, pixels);
    Optional<Tiling> found =
        folder
            .get()
            .find(
                now,
                sentence -> {
                  err.println("vae-ocl: warning: " + sentence + "; run 'tune' again");
                  err.flush();
                })
            .filter(tiling -> !tiling.sizes().equals(otherwise.sizes()));
    found.ifPresent(
        tiling -> {
          out.println("Tuned: " + Search.describe(tiling));
          out.flush();
        });
    return found.orElse(otherwise);
  }
}
