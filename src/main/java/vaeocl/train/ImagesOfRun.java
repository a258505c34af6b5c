package vaeocl.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import vaeocl.data.Dataset;
import vaeocl.data.Reading;

/**
 * The images of a run, in its config.json.
 *
 * @param sha256 of images and labels, as four unpacked files of MNIST's format
 * @param imagesSha256 of the images alone; "" in runs of earlier versions
 * @param labelsSha256 of the labels alone; "" where there are none
 * @param reading how the source was read, as {@link Reading#options}
 */
public record ImagesOfRun(
    String name,
    String source,
    String sha256,
    int trainImages,
    int testImages,
    int height,
    int width,
    String imagesSha256,
    String labelsSha256,
    Map<String, String> reading) {
  private static final List<String> LATER = List.of("images_sha256", "labels_sha256", "reading");

  public ImagesOfRun {
    for (String text : new String[] {name, source, sha256, imagesSha256, labelsSha256}) {
      Objects.requireNonNull(text, "a text");
    }
    reading = Collections.unmodifiableMap(new TreeMap<>(reading));
    Objects.requireNonNull(Reading.of(reading));
  }

  /** The same images elsewhere. */
  public ImagesOfRun at(String newSource, Map<String, String> newReading) {
    return new ImagesOfRun(
        name,
        newSource,
        sha256,
        trainImages,
        testImages,
        height,
        width,
        imagesSha256,
        labelsSha256,
        newReading);
  }

  /** Whether images are these: by their contents, as far as they are known. */
  public boolean are(Dataset found) {
    return imagesSha256.isEmpty()
        ? sha256.equals(found.sha256())
        : imagesSha256.equals(found.checksums().images());
  }

  /** Takes from a tree of this what earlier versions did not write, where this is theirs. */
  void asEarlier(ObjectNode tree) {
    if (imagesSha256.isEmpty() && reading.isEmpty()) {
      tree.remove(LATER);
    }
  }

  /** A tree with what earlier versions did not write. */
  static ObjectNode completed(ObjectNode tree) {
    ObjectNode complete = tree.objectNode().put(LATER.get(0), "").put(LATER.get(1), "");
    complete.putObject(LATER.get(2));
    return complete.setAll(tree);
  }
}
