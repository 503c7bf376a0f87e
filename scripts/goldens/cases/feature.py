"""What is recorded of skimage.feature."""

import numpy as np
from skimage import feature

from .operation import DTYPES, EDGE_GRAY, MODES, SMALL, Operation


def canny(image, **options):
    """In 64 bits, of 32-bit floats too."""
    return feature.canny(image.astype(np.float64) if image.dtype == np.float32 else image, **options)


def canny_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
            yield [f"{small}-{dtype}"], {"low_threshold": 0, "high_threshold": 0, "sigma": 0.3}
    for mode in MODES:
        yield ["camera-uint8"], {"mode": mode, "cval": 0.6, "sigma": 2}
        yield ["camera-float32"], {"mode": mode, "cval": -1, "sigma": [0.7, 3]}
        yield ["coins-uint8"], {"mode": mode, "mask": "coins-mask-uint8"}
    for low, high in ((20, 40), (0, 0), (0, 30), (60, 60), (25.5, 51), (-3, 12), (10, 1000)):
        yield ["coins-uint8"], {"low_threshold": low, "high_threshold": high}
    yield ["camera-uint16"], {"low_threshold": 3000, "high_threshold": 9000}
    yield ["camera-int32"], {"low_threshold": 10**8, "high_threshold": 3 * 10**8}
    yield ["camera-float64"], {"low_threshold": 0.05, "sigma": 1.5}
    yield ["camera-float64"], {"high_threshold": 0.9, "sigma": 0}
    for low, high in ((0.5, 0.9), (0, 1), (0.8, 0.8), (0.123, 0.77)):
        yield ["camera-float32"], {"low_threshold": low, "high_threshold": high, "use_quantiles": True}
    yield ["coins-uint8"], {"use_quantiles": True, "high_threshold": 0.95, "sigma": 2.4}
    for name in ("shapes", "noisy-shapes"):
        # Without 2: there the last bit of an exponential decides which side of a sharp edge is the steeper.
        for sigma in (0, 0.5, 1, 3.3):
            yield [f"{name}-uint8"], {"sigma": sigma}
        yield [f"{name}-uint8"], {"sigma": 1.5, "mask": "shapes-mask-uint8", "low_threshold": 5, "high_threshold": 20}
    for name in EDGE_GRAY + ["infinite-float32", "checkers-uint8", "noise-mask-uint8", "text-levels-uint8"]:
        yield [name], {}
        yield [name], {"sigma": 0}


def mask_dtype(result, arguments, options):
    return np.uint8


OPERATIONS = {
    "feature.canny": Operation(canny, canny_cases, mask_dtype),
}
