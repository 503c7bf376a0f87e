"""What is recorded of skimage.util."""

import numpy as np
from skimage import util

from .operation import DTYPES, EDGE_GRAY, SMALL, Operation


def greater_cases():
    for dtype, threshold in zip(DTYPES, (100, 25000.5, -300000000, 0.4, 0.4)):
        yield [f"camera-{dtype}", threshold], {}
        yield [f"pixel-{dtype}", threshold], {}
        yield [f"row-{dtype}", threshold], {}
    yield ["levels-float32", 0.4], {}
    yield ["levels-float32", 100 / 255], {}
    yield ["levels-float64", 100 / 255], {}
    yield ["nan-float32", 0.5], {}
    yield ["infinite-float32", 0.5], {}
    yield ["coins-uint8", 300], {}
    yield ["coins-uint8", -1], {}
    yield ["coins-uint8", 107.5], {}


def invert_cases():
    for dtype in DTYPES:
        for name in ("camera", "astronaut", *SMALL):
            for options in ({}, {"signed_float": True}):
                yield [f"{name}-{dtype}"], options
    for name in EDGE_GRAY + ["infinite-float32", "gray-alpha-float32", "rgba-uint8", "noise-mask-uint8"]:
        yield [name], {}
        yield [name], {"signed_float": True}


OPERATIONS = {
    "util.greater": Operation(lambda image, threshold: (image > threshold).astype(np.uint8), greater_cases),
    "util.invert": Operation(util.invert, invert_cases),
}
