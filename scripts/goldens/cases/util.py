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


def conversion_cases():
    for dtype in DTYPES:
        for name in ("crop", "rgb-row", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for name in (
        "rgba-uint8 gray-alpha-float32 constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-int32 noise-levels-uint16 "
        "noise-levels-int32 every-level-uint8 half-levels-float32 half-levels-float64"
    ).split():
        yield [name], {}


def img_as_ubyte_cases():
    # Without the dark ones of large negative integers, which overflow in 0.26.
    for names, options in conversion_cases():
        if names[0] not in ("row-int32", "column-int32"):
            yield names, options


def img_as_float_cases():
    yield from conversion_cases()
    for name in ("signed-float32", "nan-float32", "infinite-float32"):
        yield [name], {}


def random_noise_cases():
    # What does not depend on the generator.
    for dtype in DTYPES:
        yield [f"crop-{dtype}"], {"var": 0, "mean": 0.3}
        yield [f"row-{dtype}"], {"mode": "speckle", "var": 0, "mean": 0.5}
        yield [f"row-{dtype}"], {"mode": "salt", "amount": 1}
        yield [f"row-{dtype}"], {"mode": "pepper", "amount": 1}
        yield [f"row-{dtype}"], {"mode": "s&p", "amount": 0}
    yield ["signed-float32"], {"var": 0, "mean": 0.3, "clip": False}
    for options in ({"salt_vs_pepper": 1}, {"salt_vs_pepper": 0}):
        yield ["signed-float32"], {"mode": "s&p", "amount": 1} | options
    yield ["nan-float32"], {"var": 0, "mean": 0.3}


OPERATIONS = {
    "util.greater": Operation(lambda image, threshold: (image > threshold).astype(np.uint8), greater_cases),
    "util.imgAsFloat": Operation(util.img_as_float, img_as_float_cases),
    "util.imgAsUbyte": Operation(util.img_as_ubyte, img_as_ubyte_cases),
    "util.imgAsUint": Operation(util.img_as_uint, conversion_cases),
    "util.invert": Operation(util.invert, invert_cases),
    "util.randomNoise": Operation(util.random_noise, random_noise_cases),
}
