package vaeocl.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vaeocl.formats.FormatException;
import vaeocl.formats.FuzzedFile;
import vaeocl.formats.Sha256;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.plan.Tiling;

/** What a search kept, as it is and with the checksum that its contents ask for. */
public final class TunedTilingsFuzz {
  private static final Path FOLDER = Jimfs.newFileSystem(Configuration.unix()).getPath("/tuned");
  private static final TunedTilings TUNED = new TunedTilings(FOLDER);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Timing TIMING = new Timing(0.9, 4, 4, 90, 100);
  private static final Map<Tilings, Map<String, Integer>> SIZES =
      Map.of(
          Tilings.CPU,
          Map.of("rows", 4, "panel", 16, "vector", 8, "group", 16),
          Tilings.GPU,
          Map.of("rows", 16, "product_group", 256, "slab", 64, "group", 64, "image_group", 64),
          Tilings.PLAIN,
          Map.of("group", 64));

  private TunedTilingsFuzz() {}

  private static Conditions conditions(Tilings kind) {
    Map<String, String> net = Map.of("pixels", "784", "hidden", "512");
    return new Conditions("p", "d", kind.label(), net, "v", "-DR=8", "abc");
  }

  private static FuzzedFile<Tiling> file(Tilings kind) {
    Conditions now = conditions(kind);
    return new FuzzedFile<>(
        FOLDER.resolve(now.file()),
        file -> find(now, file),
        (file, tiling) -> {
          Files.deleteIfExists(FOLDER.resolve(now.file())); // in memory nothing is moved over it
          TUNED.keep(now, new Search.Found(tiling, TIMING));
        });
  }

  /** What is not used has one notice, as a message of its file. */
  private static Tiling find(Conditions now, Path file) throws FormatException {
    List<String> notices = new ArrayList<>();
    Optional<Tiling> found = TUNED.find(now, notices::add);
    if (found.isPresent() && notices.isEmpty()) {
      return found.get();
    }
    if (found.isPresent() || notices.size() != 1) {
      throw new IllegalStateException(found + " with " + notices);
    }
    String said = notices.get(0);
    String name = FOLDER.resolve(now.file()) + ": ";
    if (!said.startsWith(name)) {
      throw new IllegalStateException(said);
    }
    throw new FormatException(file, said.substring(name.length()));
  }

  /** Files to begin with: one of each kind of tiling, and of other kernels. */
  public static void seeds(Path folder) throws IOException {
    TunedTilings kept = new TunedTilings(folder);
    for (Tilings kind : Tilings.values()) {
      Tiling tiling = kind.ofSizes(SIZES.get(kind));
      Conditions now = conditions(kind);
      kept.keep(now, new Search.Found(tiling, TIMING));
      Conditions before =
          new Conditions("p", "d", kind.label() + " ", now.net(), "v", "-DR=8", "abd");
      kept.keep(before, new Search.Found(tiling, TIMING));
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.createDirectories(FOLDER);
    byte[] mended = mended(bytes);
    for (Tilings kind : Tilings.values()) {
      FuzzedFile<Tiling> file = file(kind);
      file.check(bytes);
      file.check(mended);
    }
  }

  private static byte[] mended(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      JsonNode all = JSON.readTree(text);
      if (all instanceof ObjectNode object && object.has("tuned")) {
        object.put("sha256", Sha256.of(object.get("tuned").toString()));
        return object.toString().getBytes(StandardCharsets.UTF_8);
      }
    } catch (JsonProcessingException e) {
      return bytes;
    }
    return bytes;
  }
}
