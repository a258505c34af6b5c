package vaeocl.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vaeocl.formats.AtomicFile;

/**
 * The pictures of a run and its page, report.html, which needs nothing beside itself: no network,
 * no other file.
 */
public final class Report {
  /** Pixels a point in the PNG files. */
  private static final int SCALE = 2;

  static final String PAGE = "report.html";

  /** What {@link #write} may write. */
  public static final List<String> FILES =
      List.of(
          PAGE,
          "loss.png",
          "psnr.png",
          "ssim.png",
          "reconstructions.png",
          "extremes.png",
          "latent.png",
          "manifold.png",
          "samples.png",
          "interpolations.png",
          "traversal.png",
          "kl.png",
          FilmGif.FILE);

  private Report() {}

  /** The page of a run under way: configuration, and curves that grow; see {@link Watch}. */
  static byte[] live(RunData data) throws IOException {
    StringWriter page = new StringWriter();
    Page.live(Analysis.of(data)).write(page);
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes all pictures and the page for which {@code data} has the parts into {@code folder}.
   *
   * @return a line for each part that is missing, saying what was left out for it
   * @throws IOException if a file cannot be written, naming it
   */
  public static List<String> write(Path folder, RunData data) throws IOException {
    // Otherwise Java looks for a screen as soon as it draws text.
    System.setProperty("java.awt.headless", "true");
    Analysis run = Analysis.of(data);
    List<String> notices = new ArrayList<>(run.notices());
    List<Figure> figures = DecodedFigures.of(run);
    FilmView film = FilmView.of(data.film(), run);
    String problem = Fonts.problem();
    if (problem == null) {
      new Pictures(folder, SCALE).write(run, figures);
      if (film != null) {
        FilmGif.write(folder, film, run.settings().dataset());
      }
    } else {
      notices.add(problem);
    }
    Page page = new Page(run, figures, film, notices);
    AtomicFile.write(
        folder.resolve(PAGE),
        channel -> {
          Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
          page.write(out);
          out.flush();
        });
    return List.copyOf(notices);
  }
}
