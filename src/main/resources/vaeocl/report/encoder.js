"use strict";

/* The encoder, its weights in 8 bits, and what the model makes of a picture. */
const encoder = (() => {
  const SURE = 2 ** -24; // no reconstruction is surer than single precision

  /** weight = zero + scale · step, for each row. */
  function weights({ steps, zeros, scales, out }) {
    const bytes = decoder.bytes(steps);
    const zero = decoder.floats(zeros);
    const scale = decoder.floats(scales);
    const width = bytes.length / out;
    return Float32Array.from(bytes, (step, i) => {
      const row = Math.floor(i / width);
      return zero[row] + scale[row] * step;
    });
  }

  /** A function from pixels in [0, 1] to q(z|x), a Gaussian: {mu, logvar}. */
  function build(model) {
    const layers = model.layers.map((layer) => ({
      size: layer.out,
      weight: weights(layer),
      bias: decoder.floats(layer.bias),
      f: activations[layer.activation],
    }));
    return (x) => {
      const code = layers.reduce((input, layer) => decoder.forward(layer, input), x);
      const latent = code.length / 2;
      return { mu: code.slice(0, latent), logvar: code.slice(latent) };
    };
  }

  /** The ELBO of a picture in nats, its reconstruction being that of z = mu. */
  function elbo(model, x, recon, { mu, logvar }) {
    const loss = pixelLosses[model.likelihood];
    let sum = 0;
    x.forEach((pixel, i) => {
      const r = Math.min(1 - SURE, Math.max(SURE, recon[i]));
      sum += loss(r, pixel, Math.log(r / (1 - r)));
    });
    let kl = 0;
    for (let d = 0; model.samples && d < mu.length; d++) {
      kl += 0.5 * (mu[d] ** 2 + Math.exp(logvar[d]) - 1 - logvar[d]);
    }
    return -(model.constant + model.weight * sum + kl);
  }

  /** How many of a hundred test images have a lower one. */
  const rank = (model, value) => model.quantiles.filter((q) => q < value).length - (value > model.quantiles[100] ? 1 : 0);

  return { build, elbo, rank };
})();
