package vaeocl.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vaeocl.sweep.Axis;
import vaeocl.sweep.Plan;

/** The experiments that are prepared: which trainings each takes. */
public enum Lab {
  /** What beta does to a code of eight dimensions. */
  COLLAPSE("collapse", "seven VAEs with beta from 0.1 to 20: how dimensions of z fall silent"),

  /** Three ways to put a picture at a point of the plane. */
  AE_VAE_PCA(
      "ae-vae-pca",
      "an autoencoder, a VAE and PCA with two latents each: their maps, and the holes in them");

  private final String title;
  private final String summary;

  Lab(String title, String summary) {
    this.title = title;
    this.summary = summary;
  }

  private List<Axis> axes() {
    return switch (this) {
      case COLLAPSE ->
          List.of(
              new Axis("--beta", List.of("0.1", "0.5", "1", "2", "5", "10", "20")),
              new Axis("--latent", List.of("8")),
              new Axis("--epochs", List.of("10")));
      case AE_VAE_PCA ->
          List.of(
              new Axis("--objective", List.of("ae", "vae")),
              new Axis("--latent", List.of("2")),
              new Axis("--epochs", List.of("20")));
    };
  }

  /** Its name on the command line, and that of its page. */
  public String title() {
    return title;
  }

  /** What it is about, in a line. */
  public String summary() {
    return summary;
  }

  /** A lab by its name. */
  public static Optional<Lab> of(String title) {
    return Arrays.stream(values()).filter(lab -> lab.title.equals(title)).findFirst();
  }

  /** All names. */
  public static List<String> titles() {
    return Arrays.stream(values()).map(Lab::title).toList();
  }

  /**
   * Its trainings.
   *
   * @param given the user's options, each with one value, in place of the lab's own
   */
  public Plan plan(List<Axis> given) {
    List<String> said = given.stream().map(Axis::option).toList();
    List<Axis> all = new ArrayList<>(axes());
    all.removeIf(axis -> said.contains(axis.option()));
    all.addAll(given);
    return Plan.product(all);
  }
}
