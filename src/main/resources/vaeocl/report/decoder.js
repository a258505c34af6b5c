"use strict";

/* The decoder: y = f(W x + b) for every layer, f one of the activations defined before. */
const decoder = (() => {
  function bytes(base64) {
    const text = atob(base64);
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      out[i] = text.charCodeAt(i);
    }
    return out;
  }

  const floats = (base64) => new Float32Array(bytes(base64).buffer);

  /** Numbers of 16 bits: sign, 5 bits of exponent, 10 of mantissa. */
  function halves(base64) {
    return Float32Array.from(new Uint16Array(bytes(base64).buffer), (h) => {
      const sign = h & 0x8000 ? -1 : 1;
      const exponent = (h >> 10) & 31;
      const mantissa = h & 1023;
      return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1024 + mantissa) * 2 ** (exponent - 25);
    });
  }

  function forward({ weight, bias, size, f }, x) {
    const y = new Float32Array(size);
    for (let o = 0; o < size; o++) {
      let sum = bias[o];
      const row = o * x.length;
      for (let i = 0; i < x.length; i++) {
        sum += weight[row + i] * x[i];
      }
      y[o] = f(sum);
    }
    return y;
  }

  /** A function from z to the pixels' values in [0, 1]. */
  function build(model) {
    const read = model.half ? halves : floats;
    const layers = model.layers.map((layer) => ({
      size: layer.out,
      weight: read(layer.weight),
      bias: floats(layer.bias),
      f: activations[layer.activation],
    }));
    return (z) => layers.reduce((x, layer) => forward(layer, x), z);
  }

  return { bytes, floats, forward, build };
})();
