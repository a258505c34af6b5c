package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Reading;
import vaeocl.model.EpochResult;
import vaeocl.model.Vae;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.SharedDevice;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Op;
import vaeocl.sweep.Task;
import vaeocl.train.LossException;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.Training;

/**
 * What the trainings of a sweep share, one after another: images read once, kernels compiled and
 * tried out once.
 */
final class SweepHost implements TrainHost, AutoCloseable {
  private final StopSignals stop;
  private final SweepReport report;
  private final Map<ImageKey, Dataset> images = new HashMap<>();
  private final Map<DeviceKey, Opened> devices = new HashMap<>();
  private Task task;
  private List<EpochResult> result = List.of();

  private record ImageKey(Choice choice, Path folder, Reading reading) {}

  private record DeviceKey(int index, KernelSource source) {}

  private record Opened(SharedDevice device, Set<List<Op>> tried) {}

  SweepHost(StopSignals stop, SweepReport report) {
    this.stop = stop;
    this.report = report;
  }

  /** The host of one training after another. */
  SweepHost of(Task next) {
    task = next;
    return this;
  }

  /** All epochs of the last training that came to its end. */
  List<EpochResult> result() {
    return result;
  }

  @Override
  public ImageLoader images() {
    return this::load;
  }

  private Dataset load(Choice choice, Path folder, Reading reading, PrintWriter err)
      throws IOException {
    ImageKey key = new ImageKey(choice, folder, reading);
    if (!images.containsKey(key)) {
      images.put(key, DataOption.read(choice, folder, reading, err));
    }
    return images.get(key);
  }

  @Override
  public DeviceBackend open(
      ClDevice device, KernelSource source, Tiling tiling, SelfTestOption selfTest) {
    Opened opened =
        devices.computeIfAbsent(
            new DeviceKey(device.info().index(), source),
            key -> new Opened(new SharedDevice(device, source), new HashSet<>()));
    DeviceBackend backend = opened.device().backend(tiling);
    selfTest.guard(backend, opened.tried());
    return backend;
  }

  @Override
  public int train(
      DeviceBackend backend, RunConfig config, Dataset data, RunFolder folder, Beginning beginning)
      throws IOException {
    Vae vae = new Vae(data.train().size(), config.vae());
    try {
      Training.Result trained =
          beginning.of(
              new Training(
                  backend,
                  Localities.of(backend),
                  vae,
                  data,
                  folder,
                  config,
                  report.listener(task),
                  (BooleanSupplier) stop));
      boolean whole = trained.position().epoch() >= config.epochs() || trained.early();
      result = trained.epochs();
      return whole ? Cli.OK : stop.status();
    } catch (LossException e) {
      throw new RunFailure(e.getMessage(), e);
    }
  }

  /** After a failure nothing on a device is trusted. */
  void reopen() {
    devices.values().forEach(opened -> opened.device().close());
    devices.clear();
  }

  @Override
  public void close() {
    reopen();
  }
}
