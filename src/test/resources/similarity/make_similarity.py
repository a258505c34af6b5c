"""Makes similarity.json: pairs of images, and what scikit-image says of them.

    python3 make_similarity.py > similarity.json

Pixels are bytes in hexadecimal; an image is float32(byte / 255).
"""
import json

import numpy as np
import scipy
import skimage
from scipy.ndimage import gaussian_filter
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity

rng = np.random.default_rng(7)


def digit(height, width):
    """Something like a 7: two strokes."""
    image = np.zeros((height, width), np.uint8)
    image[height // 5 : height // 5 + 2, width // 5 : width - width // 5] = 255
    for y in range(height // 5 + 2, height - height // 6):
        x = int(width * 0.75 - (y - height / 5) * 0.4)
        image[y, max(x - 1, 0) : x + 2] = (160, 255, 200)[: x + 2 - max(x - 1, 0)]
    return image


def blurred(image):
    return np.round(gaussian_filter(image.astype(float), 1)).astype(np.uint8)


def block(height, width):
    image = np.zeros((height, width), np.uint8)
    image[height // 4 : height // 2, width // 3 : width - 1] = 255
    return image


def constant(height, width, value):
    return np.full((height, width), value, np.uint8)


def noise(height, width):
    return rng.integers(0, 256, (height, width), dtype=np.uint8)


def figures(a, b):
    a, b = ((i / 255).astype(np.float32).astype(np.float64) for i in (a, b))
    with np.errstate(divide="ignore"):
        psnr = peak_signal_noise_ratio(a, b, data_range=1)
    return {
        "mse": float(mean_squared_error(a, b)),
        "psnr": "infinite" if np.isinf(psnr) else float(psnr),
        "ssim": float(structural_similarity(a, b, data_range=1)),
    }


cases = []
for height, width in ((28, 28), (9, 8)):
    pairs = {
        "random noise": (noise(height, width), noise(height, width)),
        "digit and its blurred copy": (digit(height, width), blurred(digit(height, width))),
        "digit and noise": (digit(height, width), noise(height, width)),
        "digit and its negative": (digit(height, width), 255 - digit(height, width)),
        "constant, dark and light": (constant(height, width, 51), constant(height, width, 204)),
        "constant, almost equal": (constant(height, width, 254), constant(height, width, 255)),
        "white block on black, and black": (block(height, width), constant(height, width, 0)),
        "identical digits": (digit(height, width), digit(height, width)),
        "identical noise": (lambda n: (n, n))(noise(height, width)),
        "identical black": (constant(height, width, 0), constant(height, width, 0)),
    }
    for name, (a, b) in pairs.items():
        case = {"name": f"{name} {height}x{width}", "height": height, "width": width}
        case |= figures(a, b)
        cases.append(case | {"a": a.tobytes().hex(), "b": b.tobytes().hex()})

header = {
    "made by": "make_similarity.py beside this file",
    "scikit-image": skimage.__version__,
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "calls": [
        "mean_squared_error(a, b)",
        "peak_signal_noise_ratio(a, b, data_range=1)",
        "structural_similarity(a, b, data_range=1)",
    ],
}
print(json.dumps({"header": header, "cases": cases}, indent=1))
