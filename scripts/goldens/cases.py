"""What is recorded: for each operation scikit-image's function, and the inputs and options to call it with."""

import numpy as np
from skimage import color, filters, measure, util

DTYPES = ("uint8", "uint16", "int32", "float32", "float64")
SMALL = ("pixel", "row", "column")
MODES = ("reflect", "constant", "nearest", "mirror", "wrap")
EDGE_GRAY = (
    "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-int32 extremes-float32 signed-float32 nan-float32"
).split()


def gaussian_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {}
        yield [f"camera-{dtype}"], {"sigma": 2.5}
        yield [f"astronaut-{dtype}"], {"sigma": 1.5, "channel_axis": 2}
        yield [f"pixel-{dtype}"], {"sigma": 3}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"sigma": 2, "mode": "mirror"}
    for dtype in ("uint8", "uint16", "int32"):
        yield [f"camera-{dtype}"], {"preserve_range": True}
    for mode in MODES:
        yield ["camera-float32"], {"sigma": [1, 3], "mode": mode, "cval": 0.25}
        yield ["row-float64"], {"sigma": 9, "mode": mode, "cval": -1}
        yield ["astronaut-uint8"], {"sigma": [4, 0.7], "mode": mode, "cval": 0.5, "channel_axis": -1}
    for options in (
        {"sigma": 0},
        {"sigma": [0, 2]},
        {"sigma": [2, 0]},
        {"sigma": 1e-16},
        {"sigma": 0.1},
        {"sigma": 0.125},
        {"sigma": 20},
        {"sigma": 3, "truncate": 2},
        {"sigma": 3, "truncate": 0},
        {"sigma": 1.1, "truncate": 3.3},
    ):
        yield ["camera-float32"], options
    yield ["rgba-uint8"], {"sigma": 1, "channel_axis": -1}
    yield ["gray-alpha-float32"], {"sigma": 1, "channel_axis": -1}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {"sigma": 1}


def sobel_cases():
    for dtype in DTYPES:
        for options in ({}, {"axis": 0}, {"axis": 1}):
            yield [f"camera-{dtype}"], options
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
            yield [f"{small}-{dtype}"], {"mode": "constant", "cval": 0.75}
    for mode in MODES:
        yield ["camera-float32"], {"mode": mode, "cval": 0.5}
        yield ["row-float32"], {"mode": mode, "axis": 1, "cval": 0.5}
    for name in EDGE_GRAY:
        yield [name], {}
        yield [name], {"axis": 0}


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


def threshold_otsu_cases():
    # scikit-image lists every level between the least and the greatest: 32-bit integers must not lie far apart.
    for dtype in ("uint8", "uint16", "float32", "float64"):
        yield [f"camera-{dtype}"], {}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
    for name in ("pixel-int32", "near-int32", "noise-levels-int32"):
        yield [name], {}
    for name in ("camera-float32", "camera-float64", "levels-float32", "levels-float64", "signed-float32"):
        for nbins in (2, 3, 10, 100, 255, 256, 1000):
            yield [name], {"nbins": nbins}
    for name in (
        "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-float32 signed-float32 coins-uint8 two-levels-uint8 "
        "tie-uint8 zeros-uint8"
    ).split():
        yield [name], {}


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


def label_cases():
    masks = "coins-mask horse-mask noise-mask spiral comb checkers zeros mask-row mask-column text-levels coins constant"
    for name in masks.split():
        for connectivity in (1, 2):
            yield [f"{name}-uint8"], {"connectivity": connectivity}
        yield [f"{name}-uint8"], {"background": 1, "connectivity": 1}
    for dtype in ("uint16", "int32", "float32", "float64"):
        for options in ({}, {"connectivity": 1}, {"background": 2}, {"background": -1}):
            yield [f"noise-levels-{dtype}"], options
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
    yield ["extremes-int32"], {}
    yield ["noise-mask-uint8"], {"background": 300}


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


OPERATIONS = {
    "color.rgb2gray": (color.rgb2gray, rgb2gray_cases),
    "color.gray2rgb": (color.gray2rgb, gray2rgb_cases),
    "color.label2rgb": (color.label2rgb, label2rgb_cases),
    "filters.gaussian": (filters.gaussian, gaussian_cases),
    "filters.sobel": (filters.sobel, sobel_cases),
    "filters.thresholdOtsu": (filters.threshold_otsu, threshold_otsu_cases),
    "measure.label": (measure.label, label_cases),
    "util.greater": (lambda image, threshold: (image > threshold).astype(np.uint8), greater_cases),
    "util.invert": (util.invert, invert_cases),
}
