package vaeocl.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import vaeocl.ops.Activation;
import vaeocl.ops.Linear;

/**
 * The layers of a variational autoencoder, in the order of the data's way through them. With hidden
 * widths 512 and 256 and two latent dimensions:
 *
 * <pre>
 *   encoder  x 784 ─ h1 512 ─ h2 256 ─ heads 4: mu 2, logvar 2
 *   decoder  z 2 ─ h4 256 ─ h5 512 ─ recon 784
 * </pre>
 *
 * <p>Both heads are one matrix: rows 0 … latent − 1 give mu, the rest logvar.
 *
 * @param encoder hidden layers, then the heads
 * @param decoder hidden layers, then the output
 */
public record Net(List<Layer> encoder, List<Layer> decoder) {
  /** Behind the last layer of all. */
  static final Activation OUTPUT = Activation.SIGMOID;

  /** The net for images of so many pixels, the decoder mirroring the encoder. */
  static Net of(int pixels, VaeConfig config) {
    List<Integer> widths = config.hidden();
    LayerNames names = LayerNames.of(widths.size());
    List<Integer> mirrored = new ArrayList<>(widths);
    Collections.reverse(mirrored);

    List<Layer> encoder = hidden(pixels, widths, names.encoder(), 1, config.activation());
    int number = widths.size() + 1;
    encoder.add(layer("heads", names.heads(), last(widths), 2 * config.latent(), Activation.NONE));

    List<Layer> decoder =
        hidden(config.latent(), mirrored, names.decoder(), number + 1, config.activation());
    decoder.add(layer("recon", last(names.decoder()), last(mirrored), pixels, OUTPUT));
    return new Net(List.copyOf(encoder), List.copyOf(decoder));
  }

  /** Hidden layers, whose outputs are numbered through the whole net: h1, h2 … */
  private static List<Layer> hidden(
      int in, List<Integer> widths, List<String> names, int number, Activation f) {
    List<Layer> layers = new ArrayList<>();
    int from = in;
    for (int i = 0; i < widths.size(); i++) {
      layers.add(layer("h" + (number + i), names.get(i), from, widths.get(i), f));
      from = widths.get(i);
    }
    return layers;
  }

  private static Layer layer(String output, String name, int in, int out, Activation f) {
    return new Layer(output, Linear.of(name, in, out), f);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  /** All layers. */
  public List<Layer> layers() {
    List<Layer> all = new ArrayList<>(encoder);
    all.addAll(decoder);
    return all;
  }

  /** The layer that holds both heads. */
  Layer heads() {
    return last(encoder);
  }

  /**
   * The decoder in training: its last layer stops at the logit, where the loss takes over and where
   * its gradient begins.
   */
  List<Layer> decoderToLogit() {
    List<Layer> layers = new ArrayList<>(decoder);
    Linear output = last(decoder).linear();
    layers.set(layers.size() - 1, new Layer("logit", output, Activation.NONE));
    return layers;
  }
}
