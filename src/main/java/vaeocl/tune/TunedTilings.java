package vaeocl.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import vaeocl.formats.FormatException;
import vaeocl.formats.Sha256;
import vaeocl.formats.TextFile;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.plan.Tiling;

/**
 * What searches found, a file each. One that is damaged, or was made under other conditions, is as
 * good as none.
 *
 * @param folder where they are; need not be there
 */
public record TunedTilings(Path folder) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final int MOST_BYTES = 64 << 10;
  private static final String HOLDS_NONE = "is damaged: it holds no tuned tiling";
  private static final String NOT_USED = "; it is not used";

  /**
   * The contents of a file.
   *
   * @param sizes the tiling's
   * @param ratio of a step's time to that in the default tiling
   */
  private record Entry(Conditions conditions, Map<String, Integer> sizes, double ratio) {}

  /** With the digest of what is in it. */
  private record Sealed(JsonNode tuned, String sha256) {}

  /**
   * What a search under these conditions found.
   *
   * @param notice hears a sentence where something is there and is not used
   */
  public Optional<Tiling> find(Conditions now, Consumer<String> notice) {
    Path file = folder.resolve(now.file());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Tilings.of(now.tiling()).ofSizes(read(file, now).sizes()));
    } catch (IllegalArgumentException e) {
      notice.accept(file + ": " + e.getMessage() + NOT_USED);
    } catch (FormatException e) {
      notice.accept(e.getMessage() + NOT_USED);
    }
    return Optional.empty();
  }

  private static Entry read(Path file, Conditions now) throws FormatException {
    String text = TextFile.read(file, MOST_BYTES, "no tuned tiling is");
    Entry entry;
    try {
      Sealed sealed = JSON.readValue(text, Sealed.class);
      if (sealed == null || !Sha256.of(sealed.tuned().toString()).equals(sealed.sha256())) {
        throw new FormatException(file, "is damaged: its checksum is another one");
      }
      entry = JSON.treeToValue(sealed.tuned(), Entry.class);
    } catch (JsonProcessingException e) {
      throw new FormatException(file, HOLDS_NONE, e);
    }
    if (entry == null) { // JSON's null
      throw new FormatException(file, HOLDS_NONE);
    }
    Optional<String> changed = entry.conditions().changed(now);
    if (changed.isPresent()) {
      throw new FormatException(file, "was made with another " + changed.get());
    }
    return entry;
  }

  /**
   * Keeps what a search found.
   *
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path keep(Conditions conditions, Search.Found found) throws IOException {
    Map<String, Integer> sizes = new TreeMap<>(found.tiling().sizes());
    JsonNode tuned = JSON.valueToTree(new Entry(conditions, sizes, found.timing().ratio()));
    Sealed sealed = new Sealed(tuned, Sha256.of(tuned.toString()));
    Files.createDirectories(folder);
    Path file = folder.resolve(conditions.file());
    TextFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sealed) + "\n");
    return file;
  }
}
