package vaeocl.report;

import static vaeocl.report.LabPage.text;

import java.util.ArrayList;
import java.util.List;
import vaeocl.lab.Collapse;
import vaeocl.lab.Collapse.Run;

/** The sentences of collapse.html, with the figures of the reader's nets. */
final class CollapseStory {
  private final Collapse lab;
  private final Run first;
  private final Run last;

  CollapseStory(Collapse lab) {
    this.lab = lab;
    first = lab.runs().get(0);
    last = lab.runs().get(lab.runs().size() - 1);
  }

  /** 0.5, 20. */
  static String number(double value) {
    return value == Math.rint(value) ? text("%.0f", value) : Double.toString(value);
  }

  private String uses(Run run) {
    int active = run.use().active();
    String of = active == 0 ? "none" : active == lab.latent() ? "all" : Integer.toString(active);
    return of + " of " + (active == lab.latent() ? "its " : "") + lab.latent() + " dimensions";
  }

  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "A VAE is trained to lower <i>recon + β·KL</i>. <i>Recon</i> says how far the pictures are"
            + " that come back; the <i>KL divergence</i> says how much the code q(z|x) tells of a"
            + " picture that the prior N(0, 1) does not. So β is a price: what a nat of code costs.");
    lines.add(
        text(
            "At β = %s your net uses <b>%s</b> and spends <b>%.2f nats</b> (%.1f bits) on a picture;"
                + " at β = %s it uses <b>%s</b> and spends <b>%.2f nats</b> (%.1f bits). Its"
                + " reconstructions pay for that: their squared error rises from %.1f to %.1f a"
                + " picture.",
            number(first.beta()),
            uses(first),
            first.rate(),
            bits(first),
            number(last.beta()),
            uses(last),
            last.rate(),
            bits(last),
            first.distortion(),
            last.distortion()));
    lines.add(
        lab.runs().stream()
            .filter(run -> run.use().active() < lab.latent())
            .findFirst()
            .map(this::silent)
            .orElse(
                "No dimension fell silent at any of these prices: your data have so much to tell"
                    + " that even β = "
                    + number(last.beta())
                    + " is worth paying."));
    if (last.use().active() == 0) {
      lines.add(
          "At β = "
              + number(last.beta())
              + " the collapse is total: the code says nothing, and every picture comes back as"
              + " the same one, the mean of all.");
    }
    return lines;
  }

  private String silent(Run run) {
    int gone = lab.latent() - run.use().active();
    return text(
        "The first %s silent at <b>β = %s</b>: their q(z|x) is the prior, whatever the picture."
            + " Such a dimension costs nothing and says nothing. That is <b>posterior"
            + " collapse</b>.",
        gone == 1 ? "dimension falls" : gone + " dimensions fall", number(run.beta()));
  }

  private static double bits(Run run) {
    return run.rate() / Math.log(2);
  }

  List<String> words() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "<b>A nat</b> is a unit of information, as a bit is, but with the natural logarithm: 1 nat ="
            + " 1/ln 2 = 1.443 bits. To name one of N equally likely things takes ln N nats, so a"
            + " digit takes ln 10 = 2.30.");
    lines.add(
        LabPage.formula(
            "KL(q(z|x) ‖ N(0, 1)) = ½ Σ<sub>d</sub> (μ<sub>d</sub>² + σ<sub>d</sub>² − 1 − ln"
                + " σ<sub>d</sub>²)"));
    lines.add(
        "<b>Rate</b> is that, a mean over the test images; <b>distortion</b> is the squared error"
            + " of a picture, summed over its pixels, with a sampled z. A dimension is <b>in"
            + " use</b> (active) where its μ has a variance above 0.01 over the test images (Burda"
            + " et al., 2016)."
            + (lab.variances().length > 0
                ? " The last column is what a net without hidden layers would use, see below."
                : ""));
    return lines;
  }
}
