package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.ops.Backend;
import vaeocl.reference.HostBackend;

/** Models as files, of one hidden layer and of more. */
class SavedModelTest {
  @TempDir Path folder;

  private SavedModel read(Map<String, FloatArray> tensors) throws FormatException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, tensors, Map.of());
    return SavedModel.read(file);
  }

  private String refused(Map<String, FloatArray> tensors) {
    String message = assertThrows(FormatException.class, () -> read(tensors)).getMessage();
    assertTrue(message.endsWith("encoder.0 …, mu, logvar and decoder.0 …"), message);
    return message;
  }

  @Test
  void shapesSayWhatNetItIs() throws FormatException {
    for (List<Integer> hidden : List.of(List.of(5), List.of(7, 6), List.of(7, 6, 5, 4))) {
      SavedModel model = read(SavedNets.weights(9, 3, hidden));
      assertEquals(hidden, model.config().hidden());
      assertEquals(3, model.config().latent());
      assertEquals(3, model.height());
      assertEquals(3, model.width());
    }
  }

  /**
   * What wrappers put before every name: torch.compile, DataParallel, Lightning, and two at once.
   */
  @ParameterizedTest
  @ValueSource(strings = {"_orig_mod.", "module.", "model.", "my_vae.", "module._orig_mod."})
  void aWrappedModuleIsTheModule(String prefix) throws FormatException {
    for (List<Integer> hidden : List.of(List.of(5), List.of(7, 6))) {
      Map<String, FloatArray> own = SavedNets.weights(9, 3, hidden);
      Map<String, FloatArray> wrapped = new LinkedHashMap<>();
      own.forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
      assertEquals(own, read(wrapped).weights());
      wrapped.put("other.weight", own.values().iterator().next());
      refused(wrapped);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void stateGoesThroughABackendAndBack(int depth) {
    List<Integer> hidden = List.of(7, 6, 5).subList(0, depth);
    SavedModel model = SavedNets.model(3, 3, 2, hidden.toArray(Integer[]::new));
    Map<String, FloatArray> state = new LinkedHashMap<>(model.weights());
    for (String moment : List.of(".m", ".v")) {
      model.weights().forEach((n, w) -> state.put(n + moment, SavedNets.like(w, n + moment)));
    }
    try (Backend host = new HostBackend()) {
      Weights.writeState(host, model.vae(), state);
      Map<String, FloatArray> found = Weights.readState(host, model.vae());
      assertEquals(List.copyOf(state.keySet()), List.copyOf(found.keySet()));
      state.forEach(
          (name, array) -> {
            assertArrayEquals(array.shape(), found.get(name).shape(), name);
            assertArrayEquals(array.values(), found.get(name).values(), name);
          });
      assertEquals(model.weights().keySet(), Weights.parameters(found).keySet());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder.1.weight",
        "encoder.1.bias",
        "mu.weight",
        "logvar.bias",
        "decoder.0.weight",
        "decoder.2.bias"
      })
  void aTensorThatIsMissingIsNamed(String name) {
    Map<String, FloatArray> weights = SavedNets.weights(9, 3, List.of(7, 6));
    weights.remove(name);
    refused(weights);
    weights.clear();
    weights.putAll(SavedNets.weights(9, 3, List.of(5)));
    weights.remove("fc22.weight");
    assertTrue(refused(weights).contains("has no tensor fc22.weight"));
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertTrue(refused(Map.of()).contains("has no tensor fc1.weight"));
    Map<String, FloatArray> more = SavedNets.weights(9, 3, List.of(7, 6));
    more.put("encoder.3.weight", more.get("encoder.1.weight"));
    assertTrue(refused(more).contains("has an unknown tensor encoder.3.weight"));
    Map<String, FloatArray> wide = SavedNets.weights(9, 3, List.of(7, 6));
    wide.put("decoder.1.weight", wide.get("encoder.1.weight"));
    String message = refused(wide);
    assertTrue(message.contains("decoder.1.weight has shape [6, 7] where the net has [7, 6]"));
    Map<String, FloatArray> decoder = new LinkedHashMap<>();
    decoder.put("decoder.0.weight", new FloatArray(new int[] {2, 2}, new float[4]));
    assertTrue(refused(decoder).contains("has no tensor encoder.0.weight"));
  }
}
