package vaeocl.data;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A data set that can be downloaded: where from, and how to know that it is the right one. The
 * contents are checked, not the packing, which differs between mirrors.
 *
 * @param name on the command line and in the cache
 * @param title for people
 * @param mirrors folders that hold the four files as NAME.gz, each ending in '/', tried in turn
 * @param files the SHA-256 of each unpacked file, by its name
 * @param sha256 {@link Checksums#all} of it
 * @param images {@link Checksums#images} of it
 */
public record Published(
    String name,
    String title,
    List<URI> mirrors,
    Map<String, String> files,
    String sha256,
    String images) {

  /** LeCun, Cortes and Burges. */
  public static final Published MNIST =
      new Published(
          "mnist",
          "MNIST",
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
          Map.of(
              IdxFolder.TRAIN_IMAGES,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              IdxFolder.TRAIN_LABELS,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              IdxFolder.TEST_IMAGES,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              IdxFolder.TEST_LABELS,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a",
          "626406b879f816a1a33f889ac0273780bee64e9fe8de6a2e9686114d049e77d8");

  /** Zalando's; the checksums are those of Debian's package dataset-fashion-mnist. */
  public static final Published FASHION_MNIST =
      new Published(
          "fashion-mnist",
          "Fashion-MNIST",
          List.of(
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
          Map.of(
              IdxFolder.TRAIN_IMAGES,
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              IdxFolder.TRAIN_LABELS,
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
              IdxFolder.TEST_IMAGES,
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
              IdxFolder.TEST_LABELS,
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
          "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214",
          "ece903fe722556775ff12ebafb1f5a149c59ea7a517ceb58794471682179b2ad");

  /** All of them. */
  static final List<Published> ALL = List.of(MNIST, FASHION_MNIST);

  /**
   * @throws IllegalArgumentException if a checksum is missing
   */
  public Published {
    mirrors = List.copyOf(mirrors);
    files = Map.copyOf(files);
    if (!files.keySet().containsAll(IdxFolder.FILES)) {
      throw new IllegalArgumentException("Checksums for " + files.keySet() + " only");
    }
  }

  /** Whether contents are this one's: labels too, where there are any. */
  boolean is(Checksums found) {
    return found.all().equals(sha256)
        || (found.labels().isEmpty() && found.images().equals(images));
  }
}
