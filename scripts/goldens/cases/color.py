"""What is recorded of skimage.color."""

import numpy as np
from skimage import color

from .operation import DTYPES, EDGE_GRAY, SMALL, Operation


def rgb2gray_cases():
    for dtype in DTYPES:
        for name in ("astronaut", "rgb-pixel", "rgb-row", "rgb-column"):
            yield [f"{name}-{dtype}"], {}
    for name in ("extremes-rgb-uint8", "extremes-rgb-int32", "nan-rgb-float32"):
        yield [name], {}


def gray2rgb_cases():
    for dtype in DTYPES:
        for name in ("camera", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {}


def rgba2rgb_cases():
    for dtype in DTYPES:
        yield [f"rgba-{dtype}"], {}
        yield [f"rgba-{dtype}"], {"background": [0.1, 0.5, 0.9]}


COLORS = [f"{name}-{dtype}" for dtype in DTYPES for name in ("rgb-crop", "rgb-pixel", "rgb-row", "rgb-column")]
EDGE_COLORS = ["extremes-rgb-uint8", "extremes-rgb-int32", "signed-rgb-float32", "infinite-rgb-float32"]


def rgb_cases():
    for name in COLORS + EDGE_COLORS:
        yield [name], {}


def rgb2xyz_cases():
    yield from rgb_cases()
    yield ["nan-rgb-float32"], {}


def hsv2rgb_cases():
    # No negative hues: 0.26 takes another sextant.
    for name in COLORS + ["hues-float32", "hues-float64", "extremes-rgb-uint8"]:
        if not name.endswith("int32"):
            yield [name], {}


def white_cases(name):
    for illuminant in ("A", "B", "C", "D50", "D55", "D65", "D75", "E"):
        for observer in ("2", "10", "R"):
            yield [name], {"illuminant": illuminant, "observer": observer}


def rgb2lab_cases():
    yield from rgb2xyz_cases()
    yield from white_cases("rgb-pixel-float64")


def lab2rgb_cases():
    for name in ("lab-float32", "lab-float64", "rgb-row-uint8", "rgb-pixel-int32", "nan-rgb-float32", "signed-rgb-float32", "infinite-rgb-float32"):
        yield [name], {}
    yield from white_cases("lab-float64")


def label2rgb_cases():
    # bg_color None with a bg_label above the least label is left out: 0.26 bares the wrong region.
    for kind in ("int32", "uint8", "uint16"):
        yield [f"camera-labels-{kind}", None], {}
        yield [f"camera-labels-{kind}", "camera-uint8"], {}
    for dtype in DTYPES:
        labels = "camera-labels-int32"
        yield [labels, f"camera-{dtype}"], {"alpha": 0.6}
        yield [labels, f"camera-{dtype}"], {"kind": "avg", "bg_color": [1, 0, 2]}
        labels = "astronaut-labels-int32"
        for saturation in (0, 0.4, 1):
            yield [labels, f"astronaut-{dtype}"], {"saturation": saturation}
        yield [labels, f"astronaut-{dtype}"], {"kind": "avg"}
        yield [labels, f"astronaut-{dtype}"], {"kind": "avg", "bg_label": 2, "bg_color": [0, 1, 0]}
    for image in (None, "astronaut-uint8"):
        for options in (
            {"colors": ["tomato", "gold", "crimson"]},
            {"colors": [[0.1, 0.2, 0.3], "white"]},
            {"colors": [[0.5, 0.25, 0.125, 0.9]]},
            {"bg_color": None},
            {"bg_color": "navy"},
            {"bg_color": [0.2, 0.4, 0.6]},
            {"bg_label": 3},
            {"bg_label": -1},
            {"bg_label": -1, "bg_color": None},
            {"bg_label": 40},
            {"alpha": 0, "saturation": 1},
            {"alpha": 1},
            {"image_alpha": 0.25, "alpha": 0.5, "saturation": 1},
            {"image_alpha": 0},
        ):
            yield ["astronaut-labels-int32", image], options
        yield ["astronaut-negative-labels-int32", image], {}
        yield ["astronaut-negative-labels-int32", image], {"bg_label": -11, "bg_color": "teal"}
        yield ["astronaut-all-labels-int32", image], {}
        yield ["astronaut-all-labels-int32", image], {"bg_color": None}
    yield ["astronaut-all-labels-int32", "astronaut-uint8"], {"kind": "avg"}
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-labels-int32", f"{small}-{dtype}"], {}
        yield ["pixel-labels-int32", f"rgb-pixel-{dtype}"], {"saturation": 1, "kind": "overlay"}
        yield ["pixel-labels-int32", f"rgb-pixel-{dtype}"], {"kind": "avg"}
    for small in SMALL:
        yield [f"{small}-labels-int32", None], {}
    yield ["nan-labels-int32", "nan-float32"], {}
    yield ["nan-labels-int32", "nan-float32"], {"kind": "avg"}
    yield ["nan-rgb-labels-int32", "nan-rgb-float32"], {}
    yield ["nan-rgb-labels-int32", "nan-rgb-float32"], {"saturation": 0.5}


def label2rgb_dtype(result, arguments, options):
    image = arguments[1]
    if options.get("kind") == "avg":
        return result.dtype
    return np.float64 if image is not None and image.dtype == np.float64 else np.float32


OPERATIONS = {
    "color.rgb2gray": Operation(color.rgb2gray, rgb2gray_cases),
    "color.rgba2rgb": Operation(color.rgba2rgb, rgba2rgb_cases),
    "color.rgb2hsv": Operation(color.rgb2hsv, rgb_cases),
    "color.hsv2rgb": Operation(color.hsv2rgb, hsv2rgb_cases),
    "color.rgb2xyz": Operation(color.rgb2xyz, rgb2xyz_cases),
    "color.xyz2rgb": Operation(color.xyz2rgb, rgb2xyz_cases),
    "color.rgb2lab": Operation(color.rgb2lab, rgb2lab_cases),
    "color.lab2rgb": Operation(color.lab2rgb, lab2rgb_cases),
    "color.gray2rgb": Operation(color.gray2rgb, gray2rgb_cases),
    "color.label2rgb": Operation(color.label2rgb, label2rgb_cases, label2rgb_dtype),
}
