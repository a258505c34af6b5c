package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;
import vaeocl.api.DeviceSetup;
import vaeocl.api.RunConditions;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.Schedule;
import vaeocl.model.SettingSpec;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.train.Checkpoint;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/** Finds again what a run was made with: its device, its tiling, its kernels, its data. */
final class Resumption {
  /** What the run itself says, or what would make it another run. */
  private static final List<String> FIXED =
      Stream.concat(
              VaeConfig.SETTINGS.stream().map(SettingSpec::option),
              Stream.of(
                  "--preset",
                  "--settings",
                  "--init-from",
                  "--out",
                  "--tiling",
                  "--kernels",
                  "--untuned",
                  TrainCommand.NO_FILM))
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
    if (run.vae().schedule() == Schedule.COSINE && epochs != run.epochs()) {
      throw new UserError(
          "--epochs %d: with --schedule cosine the run has the %d epochs that it began with"
              .formatted(epochs, run.epochs()));
    }
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

  /** Says what stands in config.json and is not so: the checkpoint counts. */
  void sayEdits(PrintWriter err) throws FormatException {
    String says = "; going on as the checkpoint says";
    folder.edited().ifPresent(edited -> err.println("vae-ocl: warning: " + edited + says));
    err.flush();
  }

  /** The run's device and tiling, or what takes their place. */
  DeviceSetup setup(DeviceOption option, PrintWriter err) throws FormatException {
    ClDevice chosen = device(option, err);
    return DeviceSetup.of(chosen).withTiling(tiling(chosen.info(), err));
  }

  /** The run's device, or the one that the user names instead; warns where bits may differ. */
  private ClDevice device(DeviceOption option, PrintWriter err) {
    RunConfig.Device was = run.device();
    ClDevice chosen =
        option.given()
            ? option.select()
            : Devices.again(was.name(), was.platform(), was.kind(), was.ordinal());
    RunConfig.Device now = RunConditions.device(chosen);
    boolean named = now.name().equals(was.name()) && now.platform().equals(was.platform());
    if (!option.given() && !named) {
      warn(
          err,
          "the run's device ("
              + was.name()
              + ") is not here, going on with another "
              + was.kind()
              + " of its platform");
    } else if (!now.same(was)) {
      warn(err, "the device or its driver is not the one that the run began on");
    }
    if (!run.version().equals(Version.number())) {
      warn(err, "the run was begun by version " + run.version() + ", this is " + Version.number());
    }
    return chosen;
  }

  private static void warn(PrintWriter err, String what) {
    err.println("vae-ocl: warning: " + what + ": figures may differ in their last digits");
    err.flush();
  }

  /** The run's tiling; on another device, or where there are no kernels for it, the device's. */
  private Tiling tiling(DeviceInfo device, PrintWriter err) throws FormatException {
    boolean same =
        device.name().equals(run.device().name())
            && device.platform().equals(run.device().platform());
    if (!same) {
      return Tilings.suiting(device).of(device);
    }
    try {
      return Tilings.of(run.tiling().kind()).ofSizes(run.tiling().sizes());
    } catch (IllegalArgumentException e) {
      warn(err, "this version has no tiles as the run's (" + e.getMessage() + ")");
      return Tilings.suiting(device).of(device);
    }
  }

  /** The run's kernels. */
  KernelSource kernels() {
    String origin = run.tiling().kernels();
    if (origin.equals(DeviceSetup.PACKED)) {
      return KernelSource.packed();
    }
    if (!Files.isDirectory(Path.of(origin))) {
      throw new UserError("the run's kernels are not there any more: no folder " + origin);
    }
    return KernelSource.folder(Path.of(origin));
  }

  /** The run's data, from where they were or from where the user says. */
  Dataset data(DataOption option, PrintWriter err) throws IOException {
    Dataset found = RunImages.of(run.dataset()).same(option, err);
    Vae vae = new Vae(found.train().size(), run.vae());
    Optional<String> wrong = Weights.mismatch(vae, checkpoint.state(), true);
    if (wrong.isPresent()) {
      throw new FormatException(folder.path(), "its checkpoint " + wrong.get());
    }
    return found;
  }
}
