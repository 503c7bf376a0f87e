"""What is recorded of skimage.exposure."""

import numpy as np
from skimage import exposure

from .operation import DTYPES, SMALL, Operation

# 0 and above, with levels over the whole range; an integer one for each rule of rounding, and floats.
POSITIVE = ("crop-uint8", "crop-uint16", "positive-int32", "crop-float32", "crop-float64")
EDGES = (
    "rgb-row-uint8 gray-alpha-float32 nan-float32 infinite-float32 constant-uint8 constant-float32 extremes-uint8 "
    "extremes-uint16 zeros-uint8"
).split()


def positive_cases(*option_sets):
    for options in option_sets:
        for name in POSITIVE:
            yield [name], options
    for name in EDGES:
        yield [name], option_sets[0]
    for dtype in ("uint8", "uint16", "float32", "float64"):
        yield [f"pixel-{dtype}"], option_sets[0]
        yield [f"row-{dtype}"], option_sets[0]


def adjust_gamma_cases():
    yield from positive_cases({"gamma": 2.2}, {}, {"gamma": 0.45, "gain": 0.9}, {"gamma": 0})
    # Half-way between bytes; beyond white.
    yield ["every-level-uint8"], {"gain": 0.5}
    yield ["every-level-uint8"], {"gamma": 0.7, "gain": 1.5}


def adjust_log_cases():
    yield from positive_cases({}, {"inv": True}, {"gain": 0.8}, {"gain": 0.6, "inv": True})


def adjust_sigmoid_cases():
    yield from positive_cases({}, {"inv": True}, {"cutoff": 0.2, "gain": 5}, {"cutoff": 1.5, "gain": -3})


def equalize_hist_cases():
    # scikit-image lists every level between the least and the greatest: 32-bit integers must not lie far apart.
    for dtype in ("uint8", "uint16", "float32", "float64"):
        for name in ("crop", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for name in ("pixel-int32", "noise-levels-int32", "zeros-uint8", "constant-uint8", "constant-float32", "extremes-uint16"):
        yield [name], {}
    for name in ("crop-float32", "crop-float64", "signed-float32", "row-float64"):
        for nbins in (1, 2, 10, 1000):
            yield [name], {"nbins": nbins}
    for dtype in ("uint8", "uint16", "float32", "float64"):
        yield [f"patch-{dtype}"], {"mask": "patch-mask-uint8"}
        yield [f"patch-{dtype}"], {"mask": "patch-mask-uint8", "nbins": 10}
    yield ["noise-levels-int32"], {"mask": "noise-levels-uint16"}


def equalize_adapthist_cases():
    for dtype in DTYPES:
        for name in ("crop", *SMALL, "rgb-crop", "rgb-pixel", "rgb-row", "rgb-column", "rgba"):
            if f"{name}-{dtype}" != "rgba-float32":  # beyond 1
                yield [f"{name}-{dtype}"], {}
        for options in ({"kernel_size": 7}, {"kernel_size": [20, 6], "clip_limit": 0.03, "nbins": 100}):
            yield [f"crop-{dtype}"], options
            yield [f"rgb-crop-{dtype}"], options
    for name in ("camera-uint8", "camera-float32", "astronaut-uint8"):
        yield [name], {}
    for name in "zeros constant extremes two-levels extremes-rgb every-level".split():
        yield [f"{name}-uint8"], {}
    for name in "constant-float32 levels-float32 levels-float64 extremes-uint16 extremes-int32 extremes-rgb-int32 noise-levels-int32".split():
        yield [name], {}
    for options in (
        {"clip_limit": 0},
        {"clip_limit": 1},
        {"clip_limit": 0.0001},
        {"clip_limit": 0.2, "nbins": 3},
        {"nbins": 1},
        {"nbins": 4000},
        {"nbins": 20000},
        {"kernel_size": 1},
        {"kernel_size": [1, 23]},
        {"kernel_size": [200, 100]},
        {"kernel_size": [16, 32]},
        {"kernel_size": 16, "clip_limit": 0.5},
    ):
        yield ["crop-uint8"], options
        yield ["crop-float32"], options


def histogram(image, **options):
    """Counts, those of one channel after the other, and centres as a table."""
    counts, centers = exposure.histogram(image, **options)
    return {"counts": counts.astype(np.float64).ravel(), "bin_centers": centers.astype(np.float64)}


def histogram_cases():
    # Every level between the least and the greatest is listed: 32-bit integers must not lie far apart.
    for dtype in ("uint8", "float32", "float64"):
        for name in ("crop", *SMALL):
            yield [f"{name}-{dtype}"], {}
        yield [f"row-{dtype}"], {"normalize": True}
        for options in ({}, {"channel_axis": 2}, {"channel_axis": -1, "normalize": True}):
            yield [f"rgb-row-{dtype}"], options
    for name in "pixel-uint16 noise-levels-uint16 extremes-uint16 pixel-int32 noise-levels-int32 near-int32".split():
        yield [name], {}
    for name in ("zeros-uint8", "constant-uint8", "constant-float32"):
        yield [name], {}
    yield ["rgb-pixel-uint16"], {"channel_axis": 2}
    yield ["rgb-row-uint8"], {"channel_axis": 2, "source_range": "dtype"}
    yield ["row-uint8"], {"source_range": "dtype"}
    for name in "crop-float32 crop-float64 signed-float32 levels-float32 levels-float64 row-float64".split():
        for nbins in (1, 2, 10, 255):
            yield [name], {"nbins": nbins}
            yield [name], {"nbins": nbins, "source_range": "dtype"}
    for name in ("nan-float32", "infinite-float32", "gray-alpha-float32", "nan-rgb-float32"):
        yield [name], {"nbins": 30, "source_range": "dtype"}
    for dtype in ("float32", "float64"):
        for nbins in (7, 100):
            yield [f"rgb-crop-{dtype}"], {"nbins": nbins, "channel_axis": 2}
            yield [f"rgb-crop-{dtype}"], {"nbins": nbins, "channel_axis": 2, "source_range": "dtype"}


def match_histograms_cases():
    for dtype in DTYPES:
        for name in ("patch", *SMALL):
            yield [f"crop-{dtype}", f"{name}-{dtype}"], {}
            yield [f"{name}-{dtype}", f"crop-{dtype}"], {}
        yield [f"rgb-crop-{dtype}", f"astronaut-{dtype}"], {}
        yield [f"rgb-crop-{dtype}", f"astronaut-{dtype}"], {"channel_axis": 2}
        yield [f"rgb-row-{dtype}", f"rgb-column-{dtype}"], {"channel_axis": -1}
        yield [f"rgb-pixel-{dtype}", f"rgb-crop-{dtype}"], {"channel_axis": 2}
        yield [f"rgba-{dtype}", f"rgba-{dtype}"], {"channel_axis": 2}
    for names in (
        ["crop-int32", "crop-uint8"],
        ["crop-float32", "extremes-uint16"],
        ["crop-float64", "signed-float32"],
        ["signed-float32", "crop-float64"],
        ["zeros-uint8", "constant-uint8"],
        ["constant-float32", "crop-float32"],
        ["crop-float32", "constant-float32"],
        ["nan-float32", "crop-float32"],
        ["crop-float32", "nan-float32"],
        ["infinite-float32", "nan-float32"],
        ["crop-float32", "infinite-float32"],
        ["extremes-int32", "extremes-off-int32"],
        ["extremes-float32", "signed-float32"],
        ["extremes-uint8", "every-level-uint8"],
        ["every-level-uint8", "extremes-uint16"],
    ):
        yield names, {}
    yield ["nan-rgb-float32", "rgb-crop-float32"], {"channel_axis": 2}
    yield ["rgb-crop-float32", "nan-rgb-float32"], {"channel_axis": 2}
    yield ["gray-alpha-float32", "gray-alpha-float32"], {"channel_axis": 2}


def first_float_dtype(result, arguments, options):
    if result.dtype.kind != "f":
        return result.dtype
    return np.float64 if arguments[0].dtype == np.float64 else np.float32


def rescale_intensity(image, in_range="image", out_range="dtype"):
    """Pairs as tuples, as lists are no keys."""
    pair = lambda value: tuple(value) if isinstance(value, list) else value
    return exposure.rescale_intensity(image, pair(in_range), pair(out_range))


def rescale_intensity_cases():
    for dtype in DTYPES:
        for name in ("crop", *SMALL):
            yield [f"{name}-{dtype}"], {}
        yield [f"row-{dtype}"], {"out_range": [0.25, 7.5]}
        yield [f"row-{dtype}"], {"in_range": "dtype", "out_range": "uint8"}
    for name, low, high in (
        ("crop-uint8", 40, 180.5),
        ("crop-uint16", 12000.25, 40000),
        ("crop-int32", -5e8, 1e9),
        ("crop-float32", 0.1, 0.7),
        ("crop-float64", 0.1, 0.7),
    ):
        for options in ({}, {"out_range": "image"}, {"out_range": [1, -1]}, {"out_range": "uint8"}):
            yield [name], {"in_range": [low, high]} | options
    for out in ("uint10", "uint12", "uint14", "uint16", "int32", "float", "float32", "float64"):
        yield ["row-uint8"], {"out_range": out}
        yield ["row-float64"], {"out_range": out, "in_range": [0, 1]}
    for options in ({"in_range": "uint16"}, {"in_range": "int32"}, {"in_range": "uint10", "out_range": [0, 1]}, {"in_range": [200, 50]}):
        yield ["row-uint8"], options
    for name in ("signed-float32", "nan-float32", "infinite-float32", "extremes-float32", "extremes-int32", "extremes-uint16"):
        yield [name], {}
        yield [name], {"in_range": [0, 0.5], "out_range": [0, 255]}
    for name in ("rgb-row-uint8", "gray-alpha-float32", "constant-uint8", "constant-float32"):
        yield [name], {}
        yield [name], {"out_range": [0, 0.25]}
    yield ["constant-float32"], {"in_range": [0.1, 0.1], "out_range": [0.5, 0.25]}


def rescale_intensity_dtype(result, arguments, options):
    integers = arguments[0].dtype.kind != "f"
    return "float32" if isinstance(options.get("out_range"), list) and integers else result.dtype


OPERATIONS = {
    "exposure.adjustGamma": Operation(exposure.adjust_gamma, adjust_gamma_cases),
    "exposure.adjustLog": Operation(exposure.adjust_log, adjust_log_cases),
    "exposure.adjustSigmoid": Operation(exposure.adjust_sigmoid, adjust_sigmoid_cases),
    "exposure.equalizeAdapthist": Operation(exposure.equalize_adapthist, equalize_adapthist_cases),
    "exposure.equalizeHist": Operation(exposure.equalize_hist, equalize_hist_cases),
    "exposure.histogram": Operation(histogram, histogram_cases),
    "exposure.matchHistograms": Operation(exposure.match_histograms, match_histograms_cases, first_float_dtype),
    "exposure.rescaleIntensity": Operation(rescale_intensity, rescale_intensity_cases, rescale_intensity_dtype),
}
