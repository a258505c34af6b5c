package vaeocl.data;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A data set that can be downloaded: where from, and how to know that it is the right one.
 *
 * @param mirrors folders that hold the four files as NAME.gz, each ending in '/', tried in turn
 * @param files the SHA-256 of each unpacked file, by its name
 * @param sha256 the {@linkplain Dataset#checksum checksum} of all of it
 */
public record Published(List<URI> mirrors, Map<String, String> files, String sha256) {

  /** MNIST. The contents are checked, not the packing, which differs between mirrors. */
  public static final Published MNIST =
      new Published(
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
          "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a");

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
}
