package vaeocl.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.model.Codec;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.SavedNets;
import vaeocl.reference.HostBackend;

/** Runs for tests whose codes are their encoder's: built-in digits, random weights. */
final class EncodedRun {
  private EncodedRun() {}

  static SavedModel model(int latent) {
    return SavedNets.model(28, 28, latent, 30);
  }

  static RunData of(int latent, int images) {
    return of(SmallRun.config(latent), latent, images);
  }

  static RunData of(ObjectNode config, int latent, int images) {
    Dataset digits = Digits.draw(1, images, 3);
    SavedModel model = model(latent);
    float[] codes = codes(model, Rows.of(digits.test()));
    return new RunData(
        config,
        SmallRun.metrics(2),
        digits.test(),
        digits.testLabels(),
        Codec.mu(codes, latent),
        Codec.logvar(codes, latent),
        model.weights(),
        null);
  }

  /** [N, 2, latent], as {@code encode} gives them. */
  static float[] codes(SavedModel model, Rows images) {
    try (HostBackend host = new HostBackend();
        Codec codec = new Codec(host, model)) {
      return codec.encode(images);
    }
  }
}
