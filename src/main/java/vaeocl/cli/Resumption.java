package vaeocl.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.SettingSpec;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.ClDevice;
import vaeocl.opencl.DeviceInfo;
import vaeocl.opencl.DeviceKind;
import vaeocl.opencl.Devices;
import vaeocl.opencl.KernelSource;
import vaeocl.opencl.Tiling;
import vaeocl.train.Checkpoint;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/** Finds again what a run was made with: its device, its tiling, its kernels, its data. */
final class Resumption {
  /** What the run itself says, or what would make it another run. */
  private static final List<String> FIXED =
      Stream.concat(
              VaeConfig.SETTINGS.stream().map(SettingSpec::option),
              Stream.of("--init-from", "--out", "--tiling", "--kernels"))
          .toList();

  private final RunFolder folder;
  private final Checkpoint checkpoint;
  private final RunConfig run;

  Resumption(RunFolder folder, Checkpoint checkpoint) {
    this.folder = folder;
    this.checkpoint = checkpoint;
    this.run = checkpoint.config();
  }

  /**
   * @throws UserError if an option was given that the run itself decides
   */
  static void refuseOthers(ParseResult given) {
    for (String option : FIXED) {
      if (given.hasMatchedOption(option)) {
        throw new UserError(
            option + " cannot be given with --resume: a run goes on as it was begun");
      }
    }
  }

  /**
   * @throws UserError if the run has so many epochs already
   */
  void requireMore(int epochs) {
    int done = checkpoint.position().epoch();
    if (done >= epochs) {
      throw new UserError(
          folder.path()
              + " has "
              + done
              + " epochs already; go on with --epochs "
              + Math.max(2 * done, done + 1)
              + ", say");
    }
  }

  /** The run's device, or the one that the user names instead; warns where bits may differ. */
  ClDevice device(DeviceOption option, PrintStream err) {
    RunConfig.Device was = run.device();
    ClDevice chosen;
    if (option.given()) {
      chosen = option.select();
    } else {
      chosen =
          Devices.find(was.name(), was.platform())
              .orElseThrow(
                  () ->
                      new UserError(
                          "the run's device is not here ("
                              + was.name()
                              + ", "
                              + was.platform()
                              + "); choose another with --device"));
    }
    RunConfig.Device now = RunConditions.device(chosen.info());
    if (!now.equals(was)) {
      warn(err, "the device or its driver is not the one that the run began on");
    }
    if (!run.version().equals(Version.number())) {
      warn(err, "the run was begun by version " + run.version() + ", this is " + Version.number());
    }
    return chosen;
  }

  private static void warn(PrintStream err, String what) {
    err.println("vae-ocl: warning: " + what + ": figures may differ in their last digits");
  }

  /** The run's tiling; on another device, or where there are no kernels for it, the device's. */
  Tiling tiling(DeviceInfo device, PrintStream err) throws FormatException {
    boolean same =
        device.name().equals(run.device().name())
            && device.platform().equals(run.device().platform());
    DeviceKind kind = run.tiling().kind().equals("cpu") ? DeviceKind.CPU : DeviceKind.GPU;
    if (!same) {
      return Tiling.of(device);
    }
    try {
      Tiling tiling = Tiling.ofSizes(kind, run.tiling().sizes());
      if (!tiling.supported()) {
        warn(err, "the run was begun with tiles that this version does not have");
        return Tiling.of(device);
      }
      return tiling;
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          folder.path(), "its checkpoint has no usable tiling: " + e.getMessage(), e);
    }
  }

  /** The run's kernels. */
  KernelSource kernels() {
    String origin = run.tiling().kernels();
    if (origin.equals(TilingOption.PACKED)) {
      return KernelSource.packed();
    }
    if (!Files.isDirectory(Path.of(origin))) {
      throw new UserError("the run's kernels are not there any more: no folder " + origin);
    }
    return KernelSource.folder(Path.of(origin));
  }

  /** The run's data, from where they were or from where the user says. */
  Dataset data(DataOption option, PrintWriter err) throws IOException {
    Dataset found = option.loadAgain(run.dataset(), err);
    if (!found.sha256().equals(run.dataset().sha256())) {
      throw new UserError(
          "these are not the images of the run ("
              + run.dataset().name()
              + " from "
              + run.dataset().source()
              + "); name their folder with --data");
    }
    Vae vae = new Vae(found.train().size(), run.vae());
    Optional<String> wrong = Weights.mismatch(vae, checkpoint.state(), true);
    if (wrong.isPresent()) {
      throw new FormatException(folder.path(), "its checkpoint " + wrong.get());
    }
    return found;
  }
}
