package vaeocl.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.data.Digits;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.locality.Locality;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.PlanCheck;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.device.OpenClException;
import vaeocl.train.LossException;
import vaeocl.train.Trainer;

/**
 * Trains the default net with one mutant of a tiling's kernels after the other, a few steps of two
 * epochs with a smaller last batch; those whose weights are others are shown to the self-test. A
 * process of its own, since a mutant may hang or crash it.
 */
final class MutantTrials {
  private static final int IMAGES = 300;
  private static final int EPOCHS = 2;

  /** What a line says before the mutant. */
  enum Verdict {
    NOT_COMPILED,
    SAME,
    REFUSED,
    ESCAPED
  }

  private final ClDevice device = Pocl.device();
  private final Images images = Digits.draw(IMAGES, 1, 1).train();
  private final Tilings kind;
  private final Path kernels;

  private MutantTrials(Tilings kind, Path kernels) {
    this.kind = kind;
    this.kernels = kernels;
  }

  /** Arguments: tiling, folder for kernels, mutants, seed, first of them, file of used files. */
  public static void main(String[] args) throws IOException {
    MutantTrials trials = new MutantTrials(Tilings.of(args[0]), Path.of(args[1]));
    KernelFiles.copy(trials.kernels);
    Map<String, FloatArray> right = trials.weights(false);
    if (!right.equals(trials.weights(true))) {
      throw new IllegalStateException("the self-test changes a training, or a second run differs");
    }
    Path used = Path.of(args[5]);
    if (!Files.exists(used)) {
      Files.write(used, trials.used());
    }
    List<KernelMutant> mutants =
        KernelMutant.some(
            Files.readAllLines(used), Integer.parseInt(args[2]), Long.parseLong(args[3]));
    for (int i = Integer.parseInt(args[4]); i < mutants.size(); i++) {
      KernelMutant mutant = mutants.get(i);
      System.out.println("try\t" + i + "\t" + mutant.description());
      Path file = trials.kernels.resolve(mutant.file());
      Files.writeString(file, mutant.mutated());
      System.out.println("got\t" + i + "\t" + trials.verdict(right));
      Files.writeString(file, KernelFiles.text(mutant.file()));
    }
  }

  private DeviceBackend open() {
    return new DeviceBackend(
        device, KernelSource.folder(kernels), kind.of(device.info()), Mode.NORMAL);
  }

  /** Files without which there is no training. */
  private List<String> used() throws IOException {
    List<String> used = new ArrayList<>();
    for (String name : KernelFiles.all()) {
      System.out.println("without\t" + name);
      Path file = kernels.resolve(name);
      Files.delete(file);
      try {
        weights(false);
      } catch (UncheckedIOException e) {
        used.add(name);
      }
      Files.writeString(file, KernelFiles.text(name));
    }
    return used;
  }

  /** What a training ends with. */
  private Map<String, FloatArray> weights(boolean tested) {
    Vae vae = new Vae(images.size(), VaeConfig.DEFAULT);
    try (DeviceBackend backend = open()) {
      backend.checkPlans(tested ? new SelfTest(backend, new HashSet<>(), "") : PlanCheck.NONE);
      Locality locality = Locality.of(backend.neighbours());
      try (Trainer trainer = new Trainer(backend, locality, vae, images, EPOCHS)) {
        trainer.warmUp();
        Weights.initialise(backend, vae);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          trainer.epoch(epoch, (done, all) -> {});
        }
        return Weights.read(backend, vae);
      }
    }
  }

  private String verdict(Map<String, FloatArray> right) {
    try {
      if (right.equals(weights(false))) {
        return Verdict.SAME.name();
      }
    } catch (OpenClException e) {
      return Verdict.NOT_COMPILED.name();
    } catch (LossException e) {
      // No training, but the self-test ought to know before.
    }
    try {
      return Verdict.ESCAPED + "\t" + (weights(true).equals(right) ? "chance" : "always");
    } catch (WrongDeviceException e) {
      return Verdict.REFUSED + "\t" + e.getMessage();
    } catch (OpenClException | LossException e) {
      return Verdict.ESCAPED + "\t" + e.getMessage();
    }
  }
}
