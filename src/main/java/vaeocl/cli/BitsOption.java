package vaeocl.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import vaeocl.api.ImageSet;
import vaeocl.api.Model;
import vaeocl.compression.Pca;
import vaeocl.compression.Quantiser;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.Figures;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.train.Comparison;

/** {@code eval --bits}: what is left of images that are kept in a few bits. */
final class BitsOption {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?");

  @Option(
      names = "--bits",
      paramLabel = "B|B-B",
      description =
          "Also quantise mu to B bits a dimension, 2 to 16, and report what is kept; beside it the"
              + " best linear code (PCA of the training images) of the same size.")
  private String range;

  private int first;
  private int last;
  private Pca pca;

  /**
   * @throws UserError if the range is none
   */
  void check() {
    if (range == null) {
      return;
    }
    Matcher m = RANGE.matcher(range);
    if (!m.matches()) {
      throw new UserError("--bits takes a number or a range such as 2-16, not '" + range + "'");
    }
    first = Integer.parseInt(m.group(1));
    last = m.group(2) == null ? first : Integer.parseInt(m.group(2));
    CodesFile.requireBits(first);
    CodesFile.requireBits(last);
    if (first > last) {
      throw new UserError("--bits " + range + ": the smaller number comes first");
    }
  }

  /**
   * Fits the linear code.
   *
   * @throws UserError if these images have none of the model's size
   */
  void fit(SavedModel model, Dataset data) {
    if (range == null) {
      return;
    }
    try {
      pca = Pca.fit(data.train(), model.config().latent());
    } catch (IllegalArgumentException e) {
      throw new UserError("--bits: no linear code to compare with: " + e.getMessage(), e);
    }
  }

  /** Adds lines and values for every number of bits. */
  void report(Model model, ImageSet images, List<String> lines, Map<String, Object> values) {
    if (range == null) {
      return;
    }
    int latent = model.latent();
    Images test = images.dataset().test();
    float[] linear = pca.project(test);
    Table table =
        new Table(">bits", ">bits an image", ">PSNR", ">SSIM", ">PSNR of PCA", ">SSIM of PCA");
    float[] mu = model.encode(images.test()).mu();
    try (Comparison comparison = model.comparison(images.test())) {
      for (int bits = first; bits <= last; bits++) {
        float[] kept = quantised(mu, latent, bits);
        float[] keptLinear = quantised(linear, latent, bits);
        Figures ours = comparison.figures(model.decode(kept).rows());
        Figures theirs =
            comparison.figures(Rows.of(pca.reconstructPixels(keptLinear), test.size()));
        String ending = first == last ? "" : "_" + bits;
        values.put("bits" + ending, bits);
        values.put("bits_per_image" + ending, latent * bits);
        values.put("psnr_bits" + ending, ours.psnr());
        values.put("ssim_bits" + ending, ours.hasSsim() ? ours.ssim() : null);
        values.put("psnr_pca" + ending, theirs.psnr());
        values.put("ssim_pca" + ending, theirs.hasSsim() ? theirs.ssim() : null);
        table.row(
            Integer.toString(bits),
            Integer.toString(latent * bits),
            number(ours.psnr()),
            ours.ssimText(3),
            number(theirs.psnr()),
            theirs.ssimText(3));
      }
    }
    lines.add("mu in B bits a dimension, beside the best linear code (PCA) of the same size:");
    lines.addAll(table.lines());
  }

  private static float[] quantised(float[] codes, int latent, int bits) {
    Quantiser q = Quantiser.fit(codes, latent, bits);
    return q.decode(q.encode(codes));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
