package vaeocl.report;

import static vaeocl.report.CollapseStory.number;
import static vaeocl.report.LabPage.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import vaeocl.lab.Collapse;
import vaeocl.lab.Collapse.Run;
import vaeocl.report.LabPage.Question;

/** The questions of collapse.html, and answers with the figures of the reader's nets. */
final class CollapseQuestions {
  private static final int CLASSES = 10;

  private final Collapse lab;
  private final Run first;
  private final Run last;

  CollapseQuestions(Collapse lab) {
    this.lab = lab;
    first = lab.runs().get(0);
    last = lab.runs().get(lab.runs().size() - 1);
  }

  List<Question> all() {
    List<Question> questions = new ArrayList<>();
    questions.add(new Question("How many pictures can such a code tell apart?", messages()));
    if (lab.variances().length > 0) {
      questions.add(
          new Question(
              "Why does a dimension switch off, and not all of them get a little worse?",
              linear()));
    }
    questions.add(new Question("Is there a law behind the curve of rate and distortion?", slope()));
    questions.add(
        new Question(
            "What is special about β = 1, and what does a higher one claim?", likelihood()));
    questions.add(
        new Question(
            "Why look at samples of the prior, and not only at reconstructions?", prior()));
    questions.add(
        new Question("Is a silent dimension bad, and how would you wake it up?", remedies()));
    return questions;
  }

  private List<String> messages() {
    String poor =
        lab.runs().stream()
            .filter(run -> run.rate() < Math.log(CLASSES))
            .map(run -> number(run.beta()))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "At most about e<sup>KL</sup> that are equally likely: the mean KL bounds the mutual"
                + " information between picture and code. At β = %s that is e<sup>%.2f</sup> ≈ %s;"
                + " at β = %s it is e<sup>%.2f</sup> ≈ %s.",
            number(first.beta()),
            first.rate(),
            power(first.rate()),
            number(last.beta()),
            last.rate(),
            power(last.rate())));
    lines.add(
        poor.isEmpty()
            ? "Ten digits need ln 10 = 2.30 nats, which all of your nets spend."
            : "Ten digits need ln 10 = 2.30 nats. Your net spends less at β = "
                + poor
                + ": there it cannot even say for sure which digit it saw. Look at its"
                + " reconstructions.");
    return lines;
  }

  private static String power(double nats) {
    double count = Math.exp(nats);
    int tens = (int) Math.floor(Math.log10(count));
    return count < 1000
        ? text("%.1f", count)
        : text("%.0f · 10<sup>%d</sup>", count / Math.pow(10, tens), tens);
  }

  private List<String> linear() {
    String variances =
        Arrays.stream(lab.variances())
            .mapToObj(v -> text("%.2f", v))
            .collect(Collectors.joining(", "));
    List<String> rows =
        lab.runs().stream()
            .map(
                run ->
                    text(
                        "%s at β = %s (yours: %d)",
                        lab.linear(run.beta()), number(run.beta()), run.use().active()))
            .toList();
    return List.of(
        "Take a linear net. Along a direction in which the pictures vary by λ, R nats leave an"
            + " error of λ·e<sup>−2R</sup>, so it pays",
        LabPage.formula("λ·e<sup>−2R</sup> + β·R, which is least where λ·e<sup>−2R</sup> = β/2."),
        "That needs λ &gt; β/2. A direction with less is not worth its first nat, and the best R is"
            + " exactly 0. Shannon knew this as reverse water-filling.",
        "PCA finds these directions. In your training images the largest λ are "
            + variances
            + ", so of "
            + lab.latent()
            + " dimensions a linear net would use: "
            + String.join("; ", rows)
            + ".",
        "Yours need not agree to the last one: they bend their dimensions through the data, which"
            + " may make one worth more than a straight one, and training may end before or beside"
            + " the best. The switch stays.");
  }

  private List<String> slope() {
    List<List<String>> rows = new ArrayList<>();
    int between = 0;
    for (int i = 1; i < lab.runs().size(); i++) {
      Run a = lab.runs().get(i - 1);
      Run b = lab.runs().get(i);
      double saved = a.rate() - b.rate();
      double price = (b.distortion() - a.distortion()) / saved;
      boolean inside = price >= a.beta() && price <= b.beta();
      between += inside ? 1 : 0;
      rows.add(
          List.of(
              number(a.beta()) + " → " + number(b.beta()),
              text("%.2f", saved),
              text("%.2f", b.distortion() - a.distortion()),
              text("%.2f", price),
              inside ? "yes" : "no"));
    }
    return List.of(
        "Yes. If both nets are as good as can be, neither may be better at the other’s price:"
            + " D₁ + β₁R₁ ≤ D₂ + β₁R₂ and D₂ + β₂R₂ ≤ D₁ + β₂R₁. Together:",
        LabPage.formula("β₁ ≤ (D₂ − D₁) / (R₁ − R₂) ≤ β₂"),
        "So what a saved nat costs in distortion lies between the two prices. Yours:",
        LabPage.table(
            "What a saved nat costs",
            List.of("β", "nats saved", "distortion", "a nat", "between?"),
            rows),
        text(
            "%d of %d steps obey. Where one does not, a net was not trained to its end, or the test"
                + " images differ from the training images: the law is one of optima. More epochs"
                + " (<code>--epochs</code>) help.",
            between, rows.size()));
  }

  private List<String> likelihood() {
    return List.of(
        "A Gaussian likelihood with variance σ² gives −ln p(x|z) = Σ (x − recon)² / (2σ²) plus a"
            + " constant. With σ² = ½ that is the squared error itself, so at β = 1 the loss is the"
            + " negative ELBO, but for the constant. For any other β, divide the loss by it: it is"
            + " the ELBO of a Gaussian with",
        LabPage.formula("σ² = β/2, so σ = √(β/2)"),
        text(
            "So choosing β is choosing how much noise a pixel is said to have: σ = %.2f at β = %s,"
                + " and σ = %.2f at β = %s, for pixels between 0 and 1. With %s, no wonder that"
                + " little is found worth telling.",
            Math.sqrt(first.beta() / 2),
            number(first.beta()),
            Math.sqrt(last.beta() / 2),
            number(last.beta()),
            last.beta() > 2 ? "noise wider than the range of a pixel" : "so much noise"));
  }

  private List<String> prior() {
    return List.of(
        text(
            "Reconstructions only show points where the encoder puts pictures. At β = %s codes are"
                + " cheap: each picture gets a small spot of its own, %.1f nats away from the prior,"
                + " and between the spots lies ground that the decoder never saw. Samples of the"
                + " prior fall there too.",
            number(first.beta()), first.rate()),
        "The higher β, the more the spots overlap until together they look like the prior, and the"
            + " more samples look like something; if too high, like the same thing again and again."
            + " Turn β and find the net whose samples you would show around.");
  }

  private List<String> remedies() {
    double[] kl = last.use().kl();
    double idle = 0;
    for (int d = 0; d < kl.length; d++) {
      idle += last.use().isActive(d) ? 0 : kl[d];
    }
    return List.of(
        text(
            "It is cheap: at β = %s your net’s silent dimensions hold %.4f of its %.2f nats. It is"
                + " harmless where the data have no more to say at that price. It is a loss where"
                + " they do, and the net got stuck: early in training the decoder ignores a noisy z,"
                + " KL pulls it to the prior, and then nothing pulls it back.",
            number(last.beta()), idle, Arrays.stream(kl).sum()),
        "Try <code>train --latent "
            + lab.latent()
            + " --beta 5</code> with <code>--kl-warmup 5</code> (the price rises from 0) or with"
            + " <code>--free-bits 0.5</code> (the first half nat of each dimension is free), and see"
            + " how many are in use then.");
  }
}
