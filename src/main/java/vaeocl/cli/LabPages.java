package vaeocl.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import vaeocl.api.Device;
import vaeocl.api.Model;
import vaeocl.compare.Candidate;
import vaeocl.compare.Exhibit;
import vaeocl.compression.Pca;
import vaeocl.data.Dataset;
import vaeocl.lab.Coder;
import vaeocl.lab.Collapse;
import vaeocl.lab.Maps;
import vaeocl.model.Codec;
import vaeocl.model.Objective;
import vaeocl.model.SavedModel;
import vaeocl.report.CollapsePage;
import vaeocl.report.MapsPage;

/** What the nets of a lab show, on a page and in lines. */
final class LabPages {
  private final Dataset data;
  private final Exhibit exhibit;
  private final Function<SavedModel, Device> open;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param open a device for a model's work, closed before the next
   */
  LabPages(Dataset data, Function<SavedModel, Device> open) {
    this.data = data;
    this.open = open;
    exhibit = Exhibit.of(data);
  }

  /** What the page before has, in short. */
  List<String> lines() {
    return lines;
  }

  String collapse(List<Candidate> candidates) throws IOException {
    List<Collapse.Run> runs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      try (Device device = open.apply(candidate.model());
          Model model = Model.of(candidate.model(), device)) {
        runs.add(Collapse.Run.of(candidate, model.backend(), data, exhibit));
      }
    }
    int latent = candidates.get(0).model().config().latent();
    boolean small = latent <= data.train().size() && data.train().size() <= Pca.MAX_DIMS;
    double[] variances = small ? Pca.fit(data.train(), latent).variances() : new double[0];
    Collapse collapse = new Collapse(exhibit, runs, variances);
    Table table = new Table(">beta", ">active", ">KL", ">recon");
    for (Collapse.Run run : collapse.runs()) {
      String active = run.use().active() + " of " + latent;
      String[] losses = {text("%.3f", run.rate()), text("%.3f", run.distortion())};
      table.row(text("%s", run.beta()), active, losses[0], losses[1]);
    }
    lines.addAll(table.lines());
    return CollapsePage.of(collapse, data.name());
  }

  String maps(List<Candidate> candidates) throws IOException {
    if (data.train().size() > Pca.MAX_DIMS || data.train().size() < 2) {
      throw new UserError(
          "images of %d pixels: PCA takes 2 to %d; scale PNG or JPEG files with --size"
              .formatted(data.train().size(), Pca.MAX_DIMS));
    }
    Maps.Examiner examiner =
        new Maps.Examiner(data, exhibit, candidates.get(0).config().vae().seed());
    List<Maps.Way> ways = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean ae = candidate.config().vae().objective() == Objective.AE;
      try (Device device = open.apply(candidate.model());
          Model model = Model.of(candidate.model(), device);
          Codec codec = new Codec(model.backend(), candidate.model())) {
        ways.add(examiner.way(ae ? "autoencoder" : "VAE", Coder.of(codec), !ae));
      }
    }
    ways.add(examiner.way("PCA", Coder.of(Pca.fit(data.train(), 2)), false));
    Table table = new Table("way", ">MSE", ">samples accepted", "samples of");
    for (Maps.Way way : ways) {
      String share = text("%.1f%%", 100 * way.share());
      table.row(way.name(), text("%.5f", way.mse()), share, way.source());
    }
    lines.addAll(table.lines());
    return MapsPage.of(examiner.maps(ways), data.name(), candidates.get(0).epoch());
  }

  private static String text(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
