package vaeocl.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.formats.Sha256;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** What a search found is used where it holds, and nowhere else. */
class TunedTilingsTest {
  private static final Tiling FOUND = new CpuTiling(4, 8, 16, true);

  @TempDir private Path folder;
  private final ClDevice device = Pocl.device();
  private final Conditions now = conditions(KernelSource.packed(), VaeConfig.DEFAULT, 784);
  private final List<String> notices = new ArrayList<>();
  private TunedTilings tuned;
  private Path file;

  private Conditions conditions(KernelSource source, VaeConfig config, int pixels) {
    return Conditions.of(device, source, Tilings.CPU, config, pixels);
  }

  @BeforeEach
  void keep() throws IOException {
    tuned = new TunedTilings(folder.resolve("tuned"));
    Search.Found found = new Search.Found(FOUND, new Timing(0.9, 4, 4, 90, 100));
    file = tuned.keep(now, found);
  }

  private Optional<Tiling> find(Conditions conditions) {
    notices.clear();
    return tuned.find(conditions, notices::add);
  }

  private void assertNotUsed(Conditions conditions, String why) {
    assertEquals(Optional.empty(), find(conditions));
    assertEquals(1, notices.size(), notices.toString());
    assertTrue(notices.get(0).contains(why) && notices.get(0).contains("not used"), why + notices);
  }

  @Test
  void whatWasKeptIsFound() {
    assertEquals(Optional.of(FOUND), find(now));
    assertEquals(List.of(), notices);
  }

  @Test
  void anotherNetHasAnotherFile() {
    VaeConfig wider = VaeConfig.DEFAULT.with(Map.of("hidden", List.of(512)));
    assertEquals(Optional.empty(), find(conditions(KernelSource.packed(), wider, 784)));
    assertEquals(Optional.empty(), find(conditions(KernelSource.packed(), VaeConfig.DEFAULT, 64)));
    VaeConfig seeded = VaeConfig.DEFAULT.with(Map.of("seed", 2L, "learning_rate", 1e-4));
    assertEquals(List.of(), notices);
    assertEquals(Optional.of(FOUND), find(conditions(KernelSource.packed(), seeded, 784)));
  }

  @Test
  void otherKernelsMakeItStale() throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelFiles.copy(kernels);
    Conditions copied = conditions(KernelSource.folder(kernels), VaeConfig.DEFAULT, 784);
    assertEquals(now, copied);
    for (String source : List.of("cpu/tile.cl", "lib/adam.cl")) {
      Path changed = kernels.resolve(source);
      Files.writeString(changed, Files.readString(changed) + "\n");
      Conditions later = conditions(KernelSource.folder(kernels), VaeConfig.DEFAULT, 784);
      assertNotEquals(now.kernels(), later.kernels());
      assertNotUsed(later, "another kernels");
    }
  }

  @Test
  void anotherDriverOrOtherOptionsMakeItStale() {
    assertNotUsed(
        new Conditions(
            now.platform(),
            now.device(),
            now.tiling(),
            now.net(),
            "4",
            now.options(),
            now.kernels()),
        "driver");
    assertNotUsed(
        new Conditions(
            now.platform(), now.device(), now.tiling(), now.net(), now.driver(), "", now.kernels()),
        "options");
  }

  @Test
  void aDamagedFileIsNotUsed() throws IOException {
    String whole = Files.readString(file);
    for (int length = 0; length < whole.length() - 1; length += 37) {
      Files.writeString(file, whole.substring(0, length));
      assertNotUsed(now, "damaged");
    }
    for (String[] edit :
        new String[][] {
          {"\"rows\" : 4", "\"rows\" : 8"},
          {"\"tuned\"", "\"tunes\""},
          {"\"sizes\" : {", "\"sizes\" : 1, \"x\": {"}
        }) {
      assertTrue(whole.contains(edit[0]), whole);
      Files.writeString(file, whole.replace(edit[0], edit[1]));
      assertNotUsed(now, "damaged");
    }
    Files.write(file, new byte[] {(byte) 0xff, 0, 1});
    assertNotUsed(now, file.toString());
    Files.delete(file);
    Files.createDirectory(file);
    assertNotUsed(now, file.toString());
  }

  /** With the checksum that its contents ask for. */
  @Test
  void nullsAreNotUsed() throws IOException {
    String whole = Files.readString(file);
    for (String contents : List.of("null", "{\"sizes\" : null}", "[]")) {
      Files.writeString(
          file, "{\"tuned\":%s,\"sha256\":\"%s\"}".formatted(contents, Sha256.of(contents)));
      assertNotUsed(now, "damaged");
    }
    Files.writeString(file, "null");
    assertNotUsed(now, "damaged");
    ObjectMapper json = new ObjectMapper();
    for (String size : List.of("rows", "group")) {
      ObjectNode tuned = (ObjectNode) json.readTree(whole).get("tuned");
      ((ObjectNode) tuned.get("sizes")).putNull(size);
      Files.writeString(
          file, "{\"tuned\":%s,\"sha256\":\"%s\"}".formatted(tuned, Sha256.of(tuned.toString())));
      assertNotUsed(now, "size " + size + " is null");
    }
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device.info()).sizes());
    sizes.put("registers", null);
    assertThrows(IllegalArgumentException.class, () -> Tilings.GPU.ofSizes(sizes));
    sizes.putAll(Map.of("registers", 0, "image_group", 100));
    assertThrows(IllegalArgumentException.class, () -> Tilings.GPU.ofSizes(sizes));
  }

  @Test
  void aTilingThatThereIsNoneOfIsNotUsed() throws IOException {
    Tiling odd = Tilings.PLAIN.of(device.info());
    tuned.keep(now, new Search.Found(odd, new Timing(0.9, 4, 4, 90, 100)));
    assertNotUsed(now, "size vector is null");
  }
}
