package vaeocl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import vaeocl.data.Dataset;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.ClBlast;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.train.Evaluator;
import vaeocl.train.Trainer;

/** Measures the program on a device, beside the device's own ceilings. */
public final class Bench {
  /** Products queued between two looks at the clock. */
  private static final int CALLS = 50;

  private final DeviceBackend backend;
  private final Dataset data;
  private final int repeats;
  private final VaeConfig config = VaeConfig.DEFAULT;
  private final Vae vae;

  public Bench(DeviceBackend backend, Dataset data, int repeats) {
    this.backend = backend;
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
   * @param executed the same without those skipped because an input is zero
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
    try (Trainer trainer = new Trainer(backend, vae, data.train())) {
      int[] epoch = {0};
      training = Spread.of(repeats, () -> trainer.epoch(epoch[0]++, (done, all) -> {}).seconds());
      share = share(trainer);
    }
    Spread both;
    Spread sampled;
    try (Evaluator evaluator = new Evaluator(backend, vae, data.test());
        Evaluator alone = Evaluator.sampledOnly(backend, vae, data.test())) {
      both = Spread.of(repeats, () -> evaluator.evaluate().seconds());
      sampled = Spread.of(repeats, () -> alone.evaluate().seconds());
    }
    int images = data.train().count();
    double step = products().stream().mapToDouble(Product::flops).sum();
    double nominal = step / config.batchSize() * images;
    double ink = Density.ink(data.train());
    return new Times(training, both, sampled, similarity(), nominal, share * nominal, ink);
  }

  /** The large products of a step. */
  private List<Product> products() {
    int batch = config.batchSize();
    DataTensors one = DataTensors.of("bench", batch, vae.pixels(), config.latent());
    return Product.of(vae.step(one, batch, 1).ops());
  }

  /** The share of the large products' work that is done. */
  private double share(Trainer trainer) {
    Plan plan = trainer.plan();
    Density density = Density.of(backend, plan, trainer.stepsPerEpoch() - 1);
    List<Op> ops = plan.launches().stream().flatMap(l -> l.covers().stream()).toList();
    double all = 0;
    double done = 0;
    for (Product p : Product.of(ops)) {
      all += p.flops();
      done += p.flops() * density.shares().get(p.op());
    }
    return done / all;
  }

  /** The measures of reconstructions by themselves. */
  private Spread similarity() {
    int batch = Math.min(Evaluator.BATCH, data.test().count());
    DataTensors test =
        DataTensors.of("test", data.test().count(), data.test().size(), config.latent());
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
                ? ClBlast.gflops(backend, p.m(), p.k(), p.n(), CALLS / 10)
                : OptionalDouble.empty();
        speeds.add(new ProductSpeed(p, ours, clblast));
      }
    }
    return speeds;
  }
}
