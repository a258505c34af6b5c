package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vaeocl.Configs;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.model.Footprint;
import vaeocl.model.SavedModel;
import vaeocl.model.VaeConfig;

class MemoryTest {
  private static final long MUCH = 1L << 50;
  private static final Dataset DIGITS = Digits.draw(100, 10, 3);

  private static String refusal(Memory memory, Map<String, ?> settings) {
    VaeConfig config = VaeConfig.DEFAULT.with(settings);
    return assertThrows(UserError.class, () -> memory.requireTraining(config, DIGITS, false))
        .getMessage();
  }

  @Test
  void bytesAreThoseOfTheArrays() {
    VaeConfig config = Configs.of(List.of(5, 3), 2, 4, 1e-3, 1, 1);
    // encoder 7-5-3-4, decoder 2-3-5-7
    long parameters = 8 * 5 + 6 * 3 + 4 * 4 + 3 * 3 + 4 * 5 + 6 * 7;
    long mu = 4 * 10 * 2;
    long images = 12 * 7;
    long activations = 4 * 2 * 4 * (7 + 5 + 3 + 4 + 2 + 3 + 5 + 7);
    assertEquals(
        new Footprint(
            12 * parameters + mu + images + activations, 12 * parameters + mu + images, 4 * 5 * 7),
        Footprint.training(config, 7, 10, 2));
    assertEquals(
        new Footprint(4 * parameters + activations / 2, 4 * parameters, 4 * 5 * 7),
        Footprint.coding(config, 7, 4));
  }

  @Test
  void whatFitsPassesAndOneByteLessIsRefused() {
    Footprint f = Footprint.training(VaeConfig.DEFAULT, DIGITS.train().size(), 100, 10);
    long both = f.device() + f.host();
    assertDoesNotThrow(
        () ->
            new Memory(f.device(), f.largest(), f.host(), both)
                .requireTraining(VaeConfig.DEFAULT, DIGITS, false));
    for (Memory small :
        List.of(
            new Memory(f.device() - 1, MUCH, MUCH, MUCH),
            new Memory(MUCH, f.largest() - 1, MUCH, MUCH),
            new Memory(MUCH, MUCH, f.host() - 1, MUCH),
            new Memory(MUCH, MUCH, MUCH, both - 1))) {
      assertTrue(refusal(small, Map.of()).startsWith("training this net needs at least 0.0 GiB"));
    }
  }

  @Test
  void theOptionToLowerIsNamed() {
    Memory memory = new Memory(1L << 30, MUCH, MUCH, MUCH);
    String end = " on the device, where there are 1.0 GiB: lower ";
    String wide = refusal(memory, Map.of("hidden", List.of(1_000_000)));
    assertTrue(wide.endsWith(end + "--hidden"), wide);
    String latent = refusal(memory, Map.of("latent", 1_000_000));
    assertTrue(latent.endsWith(end + "--latent"), latent);
    String batch = refusal(memory, Map.of("batch_size", Integer.MAX_VALUE));
    assertTrue(batch.endsWith(end + "--batch-size"), batch);
    List<Integer> widest = java.util.Collections.nCopies(16, 1_000_000);
    String all = refusal(memory, Map.of("hidden", widest, "latent", 1_000_000));
    assertTrue(all.contains("needs at least 3688"), all);
  }

  @Test
  void aModelThatDoesNotFitIsRefused() {
    SavedModel model = new SavedModel(VaeConfig.DEFAULT, 28, 28, Map.of(), Map.of());
    Memory memory = new Memory(1 << 20, MUCH, MUCH, MUCH);
    UserError e = assertThrows(UserError.class, () -> memory.requireCoding(model));
    assertTrue(e.getMessage().endsWith(": choose another --device"), e.getMessage());
  }

  /** What cannot be lowered, with --resume or of a trained model, is not named. */
  @Test
  void theRemedyFitsWhatIsShort() {
    Memory heap = new Memory(MUCH, MUCH, 1 << 10, MUCH);
    String free = refusal(heap, Map.of());
    assertTrue(free.endsWith(": give Java more with -Xmx, or lower --hidden"), free);
    SavedModel model = new SavedModel(VaeConfig.DEFAULT, 28, 28, Map.of(), Map.of());
    UserError e = assertThrows(UserError.class, () -> heap.requireCoding(model));
    assertTrue(e.getMessage().endsWith(": give Java more with -Xmx"), e.getMessage());
    Memory device = new Memory(1 << 10, MUCH, MUCH, MUCH);
    e =
        assertThrows(
            UserError.class, () -> device.requireTraining(VaeConfig.DEFAULT, DIGITS, true));
    assertTrue(e.getMessage().endsWith(": choose another --device"), e.getMessage());
  }
}
