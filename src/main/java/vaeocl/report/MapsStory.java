package vaeocl.report;

import static vaeocl.report.LabPage.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import vaeocl.lab.Judge;
import vaeocl.lab.Maps;
import vaeocl.lab.Maps.Way;
import vaeocl.report.LabPage.Question;

/** The sentences of ae-vae-pca.html, with the figures of the reader's nets. */
final class MapsStory {
  private final Maps lab;

  MapsStory(Maps lab) {
    this.lab = lab;
  }

  /** The share of a map that is rejected. */
  static double holes(Way way) {
    return 1 - Judge.share(way.gridAccepted());
  }

  private Way way(String name) {
    return lab.ways().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  private static String the(Way way) {
    return way.name().equals("PCA") ? "PCA" : "the " + way.name();
  }

  private static String list(List<Way> ways, String format) {
    return ways.stream()
        .map(w -> text(format, the(w), 100 * w.share()))
        .collect(Collectors.joining(", "));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  List<String> summary() {
    List<Way> byError = lab.ways().stream().sorted(Comparator.comparingDouble(Way::mse)).toList();
    List<Way> byShare =
        lab.ways().stream().sorted(Comparator.comparingDouble(w -> -w.share())).toList();
    Way best = byError.get(0);
    Way worst = byError.get(2);
    return List.of(
        "Each of these three turns a picture into two numbers, and two numbers into a picture. How"
            + " well do pictures come back, and what lies <i>between</i> the pictures: more"
            + " pictures, or a hole?",
        text(
            "<b>%s</b> brings pictures back best: its squared error is %.4f a pixel and explains"
                + " %.0f%% of what varies. %s is at %.4f (%.0f%%), %s at %.4f (%.0f%%).",
            capital(the(best)),
            best.mse(),
            explained(best),
            capital(the(byError.get(1))),
            byError.get(1).mse(),
            explained(byError.get(1)),
            the(worst),
            worst.mse(),
            explained(worst)),
        text(
            "Then 1,000 new points were drawn for each and decoded. A judge accepted %s. On the"
                + " maps as far as test images reach, holes take %s.",
            list(byShare, "<b>%2$.1f%%</b> of those of %1$s"),
            lab.ways().stream()
                .map(w -> text("%.0f%% with %s", 100 * holes(w), the(w)))
                .collect(Collectors.joining(", "))));
  }

  private double explained(Way way) {
    return 100 * (1 - way.mse() / lab.variance());
  }

  List<String> rule() {
    List<String> limits = new ArrayList<>();
    List<String> back = new ArrayList<>();
    for (Way way : lab.ways()) {
      limits.add(text("%.2f for %s", way.limit(), the(way)));
      back.add(text("%.1f%% with %s", 100 * way.back(), the(way)));
    }
    return List.of(
        text(
            "The judge knows all training images. For a decoded picture it takes the distances"
                + " √Σ(a − b)² to its %d nearest, pixels counting from 0 to 1. It accepts the"
                + " picture if <b>the nearest is no farther than for 95%% of the same model’s"
                + " reconstructions of test images</b> (the first %s)%s.",
            Judge.NEIGHBOURS,
            grouped(lab.judged()),
            lab.labels() == null
                ? ""
                : text(
                    ", and <b>%d of the %d nearest are of one class</b>: then it is plain what is"
                        + " drawn there",
                    Maps.AGREE, Judge.NEIGHBOURS)),
        "The limits are "
            + String.join(", ", limits)
            + ". Of the reconstructions themselves pass "
            + String.join(", ", back)
            + text("; of real test images, with a limit of their own, %.1f%%.", 100 * lab.real()),
        "What is drawn: for the VAE 1,000 points of its prior N(0, 1), which it was trained to fill;"
            + " an autoencoder and PCA have no prior, so for them 1,000 points of a Gaussian with"
            + " the mean and covariance of their own codes of the training images. The three take"
            + " the same random numbers.");
  }

  private static String grouped(int count) {
    return text("%,d", count);
  }

  List<Question> questions() {
    Way ae = way("autoencoder");
    Way vae = way("VAE");
    Way pca = way("PCA");
    List<Question> questions = new ArrayList<>();
    questions.add(
        new Question(
            "All three keep two numbers. Why do their errors differ so much?",
            List.of(
                text(
                    "PCA is the best that is <i>linear</i>: its pictures are a mean plus two fixed"
                        + " pictures, more or less of each, and that leaves %.4f a pixel. A net"
                        + " bends the plane through the space of pictures: %.4f.%s",
                    pca.mse(),
                    ae.mse(),
                    ae.mse() < pca.mse() ? "" : " Yours is not there yet: give it more epochs."),
                "An autoencoder without hidden layers and activations, trained with squared error,"
                    + " finds the plane of PCA again (Baldi and Hornik, 1989): what you gain comes"
                    + " from the bending.")));
    questions.add(
        new Question(
            "Why does the autoencoder have the map that it has?",
            List.of(
                text(
                    "Nothing in its loss says where codes shall lie. Yours go from %.1f to %.1f"
                        + " along z1 and from %.1f to %.1f along z2; classes are pushed far apart,"
                        + " for that is all that helps to bring pictures back. Between them, the"
                        + " decoder was never asked for anything.",
                    ae.box()[0], ae.box()[1], ae.box()[2], ae.box()[3]),
                text(
                    "The VAE pays KL for codes that lie far from 0 or are too sharp, and its noise"
                        + " makes the decoder work around each code as well. Its μ have standard"
                        + " deviations of %.2f and %.2f: near the 1 of the prior, less what the"
                        + " noise adds itself.",
                    vae.spread()[0], vae.spread()[1]))));
    questions.add(
        new Question("What did the VAE pay for that, and what did it get?", trade(ae, vae)));
    questions.add(new Question("Why does the judge not go by distance alone?", blur(pca)));
    questions.add(
        new Question(
            "How would a model pass this judge without having learnt anything?",
            List.of(
                "By heart: it gives out training images, whose distance to the nearest is 0. Or by"
                    + " giving the same good picture every time. Nearness says that samples are"
                    + " plausible; it does not say that they are new, nor that all kinds come. Whoever"
                    + " measures generators measures both: precision (are samples like the data?) and"
                    + " recall (does everything in the data come up?).")));
    questions.add(
        new Question(
            "Can one draw good samples from an autoencoder all the same?",
            List.of(
                text(
                    "Yes, with a better map of where its codes are than one Gaussian, of which the"
                        + " judge accepts %.1f%% here: fit a mixture of many Gaussians, or a density"
                        + " estimator, to the codes afterwards (Ghosh et al., 2020, do so). The VAE"
                        + " knows its distribution beforehand, and that is the point of it.",
                    100 * ae.share()))));
    return questions;
  }

  private static List<String> trade(Way ae, Way vae) {
    double more = 100 * (vae.mse() / ae.mse() - 1);
    String price =
        more > 0
            ? text("It paid with %.0f%% more squared error than the autoencoder.", more)
            : "In your run it paid nothing in squared error, which is luck: its loss has a term"
                + " more to serve.";
    double gain = 100 * (vae.share() - ae.share());
    String got =
        gain > 0
            ? text(
                "It got samples: the judge accepts %.1f%% of them, %.1f points more than of the"
                    + " autoencoder’s.",
                100 * vae.share(), gain)
            : text(
                "By this judge it got no better samples: %.1f%% against %.1f%%. Look at them: is"
                    + " that what you see? Try another <code>--seed</code> too.",
                100 * vae.share(), 100 * ae.share());
    return List.of(price + " " + got);
  }

  private List<String> blur(Way pca) {
    List<List<String>> rows = new ArrayList<>();
    for (Way way : lab.ways()) {
      rows.add(
          List.of(
              way.name(),
              text("%.2f", way.limit()),
              text("%.1f%%", 100 * way.near()),
              text("%.1f%%", 100 * way.share())));
    }
    return List.of(
        text(
            "A blurred picture is a mean of many, and a mean is near to all of them: squared"
                + " distance forgives blur and punishes a sharp stroke in the wrong place. By"
                + " distance alone %.1f%% of PCA’s samples would pass, though you would not say so."
                + " But their neighbours are of several classes: a blur is near to many things at"
                + " once. With that asked too, %.1f%% are left.",
            100 * pca.near(), 100 * pca.share()),
        LabPage.table(
            "Samples accepted by distance, and by both",
            List.of("", "limit", "near enough", "accepted"),
            rows),
        "Every judge has such a weakness: say which one you asked.");
  }
}
