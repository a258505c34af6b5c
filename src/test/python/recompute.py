"""What `eval --json` reports of a model, recomputed in NumPy and double precision from the files alone.

    python3 recompute.py model.safetensors t10k-images-idx3-ubyte [K]

Prints recon, kl, elbo (one sample of z an image, by the evaluation's own noise) and, with K, estimates of ln p(x) by K
weighed samples an image: by the same noise again, and by NumPy's, with its standard error.
"""

import gzip
import json
import struct
import sys

import numpy as np

EVALUATE, BINARISE = 3, 5  # streams: first word of Philox's counter
TEST = 2  # which part of a data set is made binary
ROUND = 100  # weighed samples that are drawn in one step
LOW = np.uint64(0xFFFFFFFF)


def philox(seed, c0, c1, c2, c3):
    """Philox4x32-10 (Salmon et al., 2011): four 32-bit words in a last axis, for counters that are broadcast."""
    c0, c1, c2, c3 = (c.astype(np.uint64) & LOW for c in np.broadcast_arrays(c0, c1, c2, c3))
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0 = p1 >> np.uint64(32) ^ c1 ^ np.uint64(k0)
        c2 = p0 >> np.uint64(32) ^ c3 ^ np.uint64(k1)
        c1, c3 = p1 & LOW, p0 & LOW
        k0, k1 = k0 + 0x9E3779B9 & 0xFFFFFFFF, k1 + 0xBB67AE85 & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], axis=-1)


def normals(seed, images, latent, step=0, sample=0):
    """[images, latent] by Box and Muller: pairs of words (u, v) give √(−2 ln u)·(cos 2πv, sin 2πv)."""
    blocks = (latent + 3) // 4
    image, block = np.ogrid[:images, sample * blocks : (sample + 1) * blocks]
    words = philox(seed, np.array(EVALUATE), np.array(step), image, block).reshape(images, -1)
    u, v = ((w >> np.uint64(9)).astype(float) * 2.0**-23 + 2.0**-24 for w in (words[:, ::2], words[:, 1::2]))
    radius = np.sqrt(-2 * np.log(u))
    pairs = np.stack([radius * np.cos(2 * np.pi * v), radius * np.sin(2 * np.pi * v)], axis=-1)
    return pairs.reshape(images, -1)[:, :latent]


def binary(pixels, seed):
    """255 with probability pixel / 255, else 0; test images have one drawing for ever."""
    images, size = pixels.shape
    image, block = np.ogrid[:images, : (size + 3) // 4]
    words = philox(seed, np.array(BINARISE), np.array(-1 - TEST), image, block).reshape(images, -1)[:, :size]
    return np.where(words * np.uint64(255) < pixels.astype(np.uint64) << np.uint64(32), 255, 0)


def tensors(path):
    """A safetensors file: its metadata, and its tensors by name in double precision."""
    with open(path, "rb") as file:
        data = file.read()
    begin = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:begin])
    metadata = header.pop("__metadata__")
    return metadata, {
        name: np.frombuffer(data[begin:], "<f4", int(np.prod(t["shape"])), t["data_offsets"][0])
        .reshape(t["shape"])
        .astype(float)
        for name, t in header.items()
    }


def idx(path):
    """[images, pixels] of an IDX file."""
    with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as file:
        data = file.read()
    count, rows, cols = struct.unpack(">3I", data[4:16])
    return np.frombuffer(data, np.uint8, offset=16).reshape(count, rows * cols)


class Model:
    def __init__(self, path):
        self.metadata, self.weights = tensors(path)
        deep = "mu.weight" in self.weights
        count = lambda part: sum(name.startswith(part) and name.endswith("weight") for name in self.weights)
        self.encoder = [f"encoder.{i}" for i in range(count("encoder."))] if deep else ["fc1"]
        self.heads = ("mu", "logvar") if deep else ("fc21", "fc22")
        self.decoder = [f"decoder.{i}" for i in range(count("decoder."))] if deep else ["fc3", "fc4"]
        self.hidden = {"relu": lambda v: np.maximum(v, 0), "tanh": np.tanh}[self.metadata["activation"]]
        self.variance = float(self.metadata.get("variance", 0.5))

    def dense(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def encode(self, x):
        for name in self.encoder:
            x = self.hidden(self.dense(name, x))
        return [self.dense(name, x) for name in self.heads]

    def decode(self, z):
        for name in self.decoder[:-1]:
            z = self.hidden(self.dense(name, z))
        return self.dense(self.decoder[-1], z)

    def recon(self, logit, x):
        """What each image's pixels cost, as it is reported."""
        squares = (1 / (1 + np.exp(-logit)) - x) ** 2
        softplus = np.maximum(logit, 0) + np.log1p(np.exp(-np.abs(logit)))
        pixels = {
            "mse": lambda: squares,
            "gaussian": lambda: squares / (2 * self.variance) + 0.5 * np.log(2 * np.pi * self.variance),
            "bernoulli": lambda: softplus - x * logit,
            "continuous-bernoulli": lambda: np.log(np.expm1(logit) / logit) - x * logit,
        }[self.metadata["likelihood"]]()
        return pixels.sum(axis=-1)

    def missing(self, size):
        """What a squared error leaves out of a Gaussian of variance ½."""
        return 0.5 * size * np.log(np.pi) if self.metadata["likelihood"] == "mse" else 0.0


def log_likelihood(model, x, mu, logvar, samples, noise):
    """The mean of ln p(x) by weighed samples, noise(k) being eps of the kth, and its standard error."""
    log_w = []
    for k in range(samples):  # ln p(x|z) + ln p(z) − ln q(z|x)
        eps = noise(k)
        z = mu + np.exp(logvar / 2) * eps
        log_w.append(0.5 * (eps**2 - z**2 + logvar).sum(axis=1) - model.recon(model.decode(z), x))
    most = np.max(log_w, axis=0)
    w = np.exp(log_w - most)
    mean = w.mean(axis=0)
    spread = w.var(axis=0, ddof=1) / samples / mean**2
    return (most + np.log(mean)).mean() - model.missing(x.shape[1]), np.sqrt(spread.sum()) / len(x)


def main(path, images, samples=0):
    model = Model(path)
    seed = int(model.metadata["seed"])
    pixels = idx(images)
    if model.metadata["binarize"] != "none":
        pixels = binary(pixels, seed)
    x = pixels / 255.0
    mu, logvar = model.encode(x)
    z = mu + np.exp(logvar / 2) * normals(seed, *mu.shape)
    recon = model.recon(model.decode(z), x).mean()
    kl = 0.5 * (mu**2 + np.exp(logvar) - logvar - 1).sum(axis=1).mean()
    found = {"recon": recon, "kl": kl, "elbo": -recon - kl - model.missing(x.shape[1])}
    if samples:
        same = lambda k: normals(seed, *mu.shape, 1 + k // ROUND, k % ROUND)
        other = np.random.default_rng(1)
        found["same_noise"] = log_likelihood(model, x, mu, logvar, samples, same)[0]
        found["other_noise"], found["standard_error"] = log_likelihood(
            model, x, mu, logvar, samples, lambda k: other.standard_normal(mu.shape)
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
