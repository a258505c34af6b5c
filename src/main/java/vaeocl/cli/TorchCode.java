package vaeocl.cli;

import java.util.List;
import java.util.stream.Collectors;
import vaeocl.model.SavedModel;

/** The modules of src/docs/pytorch.md with a model's own sizes. */
final class TorchCode {
  private static final String HEAD =
      """
      import safetensors.torch
      import torch
      from torch import nn


      class VAE(nn.Module):
          def __init__(self):
              super().__init__()
      """;

  private static final String ONE =
      """
              self.fc1 = nn.Linear(PIXELS, HIDDEN)
              self.fc21 = nn.Linear(HIDDEN, LATENT)
              self.fc22 = nn.Linear(HIDDEN, LATENT)
              self.fc3 = nn.Linear(LATENT, HIDDEN)
              self.fc4 = nn.Linear(HIDDEN, PIXELS)

          def encode(self, x):
              h = F(self.fc1(x))
              return self.fc21(h), self.fc22(h)

          def decode(self, z):
              return torch.sigmoid(self.fc4(F(self.fc3(z))))
      """;

  private static final String DEEP =
      """
              widths, latent = (PIXELS, HIDDEN), LATENT
              back = (latent,) + tuple(reversed(widths))
              self.encoder = nn.ModuleList(nn.Linear(i, o) for i, o in zip(widths, widths[1:]))
              self.mu = nn.Linear(widths[-1], latent)
              self.logvar = nn.Linear(widths[-1], latent)
              self.decoder = nn.ModuleList(nn.Linear(i, o) for i, o in zip(back, back[1:]))

          def encode(self, x):
              for layer in self.encoder:
                  x = F(layer(x))
              return self.mu(x), self.logvar(x)

          def decode(self, z):
              for layer in self.decoder[:-1]:
                  z = F(layer(z))
              return torch.sigmoid(self.decoder[-1](z))
      """;

  private static final String TAIL =
      """


      model = VAE()
      model.load_state_dict(safetensors.torch.load_file("model.safetensors"))
      images = model.decode(torch.randn(16, LATENT)).reshape(-1, HEIGHT, WIDTH)
      """;

  private TorchCode() {}

  /** Python that loads model.safetensors and draws images. */
  static String of(SavedModel model) {
    List<Integer> hidden = model.config().hidden();
    String body = indented(hidden.size() == 1 ? ONE : DEEP);
    String activation =
        switch (model.config().activation()) {
          case RELU -> "torch.relu";
          case TANH -> "torch.tanh";
          case SIGMOID -> "torch.sigmoid";
          case SOFTPLUS -> "nn.functional.softplus";
          case LEAKY_RELU -> "nn.functional.leaky_relu";
          case NONE -> "nn.Identity()";
        };
    return (HEAD + body + TAIL)
        .replace("F(", activation + "(")
        .replace("PIXELS", Integer.toString(model.height() * model.width()))
        .replace("HIDDEN", hidden.stream().map(String::valueOf).collect(Collectors.joining(", ")))
        .replace("LATENT", Integer.toString(model.config().latent()))
        .replace("HEIGHT", Integer.toString(model.height()))
        .replace("WIDTH", Integer.toString(model.width()));
  }

  /** A text block loses the indent that its lines have in common; within a class they have it. */
  private static String indented(String block) {
    return block.lines().anyMatch(line -> line.startsWith("        ")) ? block : block.indent(4);
  }
}
