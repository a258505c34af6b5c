package vaeocl.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import vaeocl.formats.Png;

/** The PNG files of a report. */
final class Pictures {
  private final Path folder;
  private final int scale;

  /**
   * @param scale pixels a point; 2 is sharp on any screen
   */
  Pictures(Path folder, int scale) {
    this.folder = folder;
    this.scale = scale;
  }

  /** Draws and writes everything that the run has the parts for. */
  void write(Analysis run, List<Figure> figures) throws IOException {
    if (!run.metrics().isEmpty()) {
      chart("loss.png", "Training loss", "", Charts.loss(run.metrics()), run);
      chart("psnr.png", "PSNR of the test set", "", Charts.psnr(run.metrics()), run);
      if (run.metrics().stream().anyMatch(r -> r.sampled().hasSsim())) {
        chart("ssim.png", "SSIM of the test set", "", Charts.ssim(run.metrics()), run);
      }
    }
    if (run.map() != null) {
      String caption = "The mean of each of " + run.latents().count() + " test images";
      caption += run.map().note().isEmpty() ? "." : ", on " + run.map().note() + ".";
      Chart<?, ?> chart = Charts.latent(run.map(), run.classes());
      chart("latent.png", "Test set in latent space", caption, chart, run);
    }
    if (run.latents() != null && run.latents().kl() != null) {
      String title = "KL divergence of each latent dimension";
      chart("kl.png", title, "", Charts.kl(run.latents().kl()), run);
    }
    for (Figure figure : figures) {
      Png.write(folder.resolve(figure.file()), Plate.of(figure, scale));
    }
  }

  private void chart(String file, String title, String caption, Chart<?, ?> chart, Analysis run)
      throws IOException {
    String full = title + run.settings().suffix();
    Png.write(folder.resolve(file), Plate.of(full, caption, chart, scale));
  }
}
