package vaeocl.tune;

import java.time.Duration;
import java.util.Set;
import vaeocl.check.Cases;
import vaeocl.check.Checker;
import vaeocl.check.OpCase;
import vaeocl.data.Images;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.device.OpenClException;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Plan;
import vaeocl.train.LossException;
import vaeocl.train.Trainer;

/**
 * Trials on a device, in this process. It cannot give up: OpenCL has no way to end a kernel, so
 * limits are for whoever runs this in a {@link Child}.
 *
 * @param standard the tiling that others are held against
 */
public record Laboratory(
    ClDevice device, KernelSource source, Tiling standard, VaeConfig config, Images images)
    implements Trials {
  /** Of a check at the real shapes, floating-point operations: the reference needs a second. */
  private static final double CHECKED_FLOPS = 1e9;

  /** Rows of such a check at the least: more than a tile, and ragged. */
  private static final int LEAST_ROWS = 33;

  /** How long a measurement is, and how often it is repeated. */
  private record Effort(int trainedEpochs, double seconds, int pairs) {
    static Effort of(Depth depth) {
      return depth == Depth.FIRST ? new Effort(0, 0.1, 5) : new Effort(2, 0.3, 11);
    }
  }

  @Override
  public long build(Tiling tiling, Duration limit) throws RejectedException {
    Vae vae = new Vae(images.size(), config);
    DataTensors one = DataTensors.of("tuned", config.batchSize(), images.size());
    try (DeviceBackend backend = open(tiling);
        Plan plan = backend.compile(vae.step(one, config.batchSize(), 1).ops(), Set.of())) {
      return backend.inspect().privateBytes(plan);
    } catch (OpenClException e) {
      throw new RejectedException("cannot be built: " + e.getMessage(), e);
    }
  }

  @Override
  public void check(Tiling tiling, Depth depth, Duration limit) throws RejectedException {
    try (Checker checker = new Checker(device, source, tiling)) {
      for (OpCase opCase : Cases.all()) {
        if (opCase.small() || depth == Depth.LAST) {
          require(checker.run(opCase));
        }
      }
      require(checker.run(Cases.step(config, checkedRows(), images.size())));
    } catch (OpenClException | IllegalStateException e) {
      throw new RejectedException("fails: " + e.getMessage(), e);
    }
  }

  private static void require(Checker.Result result) throws RejectedException {
    if (!result.passed()) {
      throw new RejectedException("wrong: " + result.opCase().label() + ", " + result.worst());
    }
  }

  /** A batch, or as many rows of one as the reference can do in a second. */
  private int checkedRows() {
    Vae vae = new Vae(images.size(), config);
    DataTensors one = DataTensors.of("checked", 1, images.size());
    double flops = vae.step(one, 1, 1).ops().stream().mapToDouble(op -> op.flops()).sum();
    return (int) Math.min(config.batchSize(), Math.max(LEAST_ROWS, CHECKED_FLOPS / flops));
  }

  @Override
  public Timing time(Tiling tiling, Depth depth, Duration limit) throws RejectedException {
    Effort effort = Effort.of(depth);
    try (Contestant other = new Contestant(standard, effort.trainedEpochs());
        Contestant own = new Contestant(tiling, effort.trainedEpochs())) {
      int steps = 1;
      while (other.seconds(steps) < effort.seconds()) {
        steps *= 2;
      }
      own.seconds(steps);
      double[] owns = new double[effort.pairs()];
      double[] others = new double[effort.pairs()];
      for (int i = 0; i < effort.pairs(); i++) {
        boolean first = i % 2 == 0;
        owns[i] = first ? own.seconds(steps) : 0;
        others[i] = other.seconds(steps);
        owns[i] = first ? owns[i] : own.seconds(steps);
      }
      return Timing.of(owns, others, steps);
    } catch (OpenClException e) {
      throw new RejectedException("fails: " + e.getMessage(), e);
    } catch (LossException e) {
      throw new RejectedException("wrong: " + e.getMessage(), e);
    }
  }

  private DeviceBackend open(Tiling tiling) {
    return new DeviceBackend(device, source, tiling, Mode.NORMAL);
  }

  /** A training in a tiling. */
  private final class Contestant implements AutoCloseable {
    private final DeviceBackend backend;
    private final Trainer trainer;
    private final int epoch;

    Contestant(Tiling tiling, int trainedEpochs) {
      backend = open(tiling);
      Vae vae = new Vae(images.size(), config);
      try {
        trainer = new Trainer(backend, Locality.of(backend.neighbours()), vae, images);
      } catch (RuntimeException e) {
        backend.close();
        throw e;
      }
      epoch = trainedEpochs;
      Weights.initialise(backend, vae);
      for (int i = 0; i < trainedEpochs; i++) {
        trainer.epoch(i, (done, all) -> {});
      }
    }

    double seconds(int steps) {
      double seconds = 0;
      for (int left = steps; left > 0; ) {
        int count = Math.min(left, trainer.stepsPerEpoch());
        seconds += trainer.steps(epoch, count);
        left -= count;
      }
      return seconds;
    }

    @Override
    public void close() {
      trainer.close();
      backend.close();
    }
  }
}
