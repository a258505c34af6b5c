package vaeocl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import vaeocl.data.Dataset;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.device.ClBlast;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.train.Evaluator;
import vaeocl.train.Trainer;

/** Measures the program on a device, beside the device's own ceilings. */
public final class Bench {
  /** Products queued between two looks at the clock. */
  private static final int CALLS = 50;

  private final DeviceBackend backend;
  private final Locality locality;
  private final Dataset data;
  private final int repeats;
  private final VaeConfig config;
  private final Vae vae;

  /**
   * @param config the net and its training
   * @param repeats measurements of each figure
   */
  public Bench(
      DeviceBackend backend, Locality locality, VaeConfig config, Dataset data, int repeats) {
    this.config = config;
    this.backend = backend;
    this.locality = locality;
    this.data = data;
    this.repeats = repeats;
    this.vae = new Vae(data.train().size(), config);
  }

  /**
   * Times of the parts of a run.
   *
   * @param training seconds of a training epoch
   * @param evaluation seconds of the test set's evaluation, sampled and mean z
   * @param sampled seconds of that with sampled z alone
   * @param similarity seconds of MSE, PSNR and SSIM of the test set, once, alone
   * @param nominal floating-point operations of an epoch's large products, zeros not skipped
   * @param executed the same without those skipped because an input is zero; the mean of the epochs
   */
  public record Times(
      Spread training,
      Spread evaluation,
      Spread sampled,
      Spread similarity,
      double nominal,
      double executed,
      double dataDensity) {}

  /** A product's speed, and CLBlast's at the same shape where it is there. */
  public record ProductSpeed(Product product, Spread gflops, OptionalDouble clblast) {}

  public Ceilings ceilings() {
    return Ceilings.measure(backend);
  }

  /** Training and evaluation. */
  public Times times() {
    Weights.initialise(backend, vae);
    Spread training;
    double share;
    try (Trainer trainer = new Trainer(backend, locality, vae, data.train())) {
      // Fewer units are active from epoch to epoch: work and time are to be of the same ones.
      List<Double> shares = new ArrayList<>();
      training =
          Spread.of(
              repeats,
              () -> {
                double seconds = trainer.epoch(shares.size(), (done, all) -> {}).seconds();
                shares.add(share(trainer));
                return seconds;
              });
      int warmUp = shares.size() - repeats;
      share = shares.stream().skip(warmUp).mapToDouble(s -> s).average().orElseThrow();
    }
    Spread both;
    Spread sampled;
    try (Evaluator evaluator = new Evaluator(backend, locality, vae, data.test());
        Evaluator alone = Evaluator.sampledOnly(backend, locality, vae, data.test())) {
      both = Spread.of(repeats, () -> evaluator.evaluate().seconds());
      sampled = Spread.of(repeats, () -> alone.evaluate().seconds());
    }
    int images = data.train().count();
    double step = products().stream().mapToDouble(Product::flops).sum();
    double nominal = step / config.batchSize() * images;
    double ink = Executed.density(data.train());
    return new Times(training, both, sampled, similarity(), nominal, share * nominal, ink);
  }

  /** The large products of a step. */
  private List<Product> products() {
    int batch = config.batchSize();
    DataTensors one = DataTensors.of("bench", batch, vae.pixels());
    return Product.of(vae.step(one, batch, 1).ops());
  }

  /** The share of the large products' work that is done. */
  private double share(Trainer trainer) {
    Plan plan = trainer.plan();
    Map<Launch, Double> executed = Executed.flops(backend, plan, trainer.stepsPerEpoch() - 1);
    List<Op> large = products().stream().map(Product::op).toList();
    double done = 0;
    double nominal = 0;
    for (Launch launch : plan.launches()) {
      if (launch.covers().stream().anyMatch(large::contains)) {
        done += executed.get(launch);
        nominal += launch.cost().flops();
      }
    }
    return done / nominal;
  }

  /** The measures of reconstructions by themselves. */
  private Spread similarity() {
    int batch = Math.min(Evaluator.BATCH, data.test().count());
    DataTensors test = DataTensors.of("test", data.test().count(), data.test().size());
    Vae.Evaluation evaluation =
        vae.evaluation(test, batch, data.test().rows(), data.test().cols(), false);
    List<Op> ops = evaluation.ops().stream().filter(o -> o instanceof Op.ImageMetrics).toList();
    int batches = data.test().count() / batch;
    try (Plan plan = backend.compile(ops, Set.of())) {
      return Spread.of(
          repeats,
          () -> {
            backend.finish();
            long begin = System.nanoTime();
            plan.run(new Batches(0, 0, 0, batches));
            backend.finish();
            return (System.nanoTime() - begin) / 1e9;
          });
    }
  }

  /** What the large products are called. */
  public List<String> productNames() {
    return products().stream().map(Product::name).toList();
  }

  /**
   * The dense products one by one.
   *
   * @param only part of a product's name, or null for all
   * @param notice hears why CLBlast stays out
   */
  public List<ProductSpeed> products(String only, Consumer<String> notice) {
    ClBlast.problem().ifPresent(notice);
    boolean compare = ClBlast.problem().isEmpty();
    List<ProductSpeed> speeds = new ArrayList<>();
    for (Product p : products()) {
      if (only == null || p.name().contains(only)) {
        Spread ours = p.gflops(backend, CALLS, repeats);
        OptionalDouble clblast =
            compare
                ? ClBlast.gflops(backend.context(), p.m(), p.k(), p.n(), CALLS / 10)
                : OptionalDouble.empty();
        speeds.add(new ProductSpeed(p, ours, clblast));
      }
    }
    return speeds;
  }
}
