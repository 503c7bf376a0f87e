"""What is recorded of skimage.exposure."""

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
    for out in ("uint10", "uint12", "uint14", "uint16", "int32", "float32", "float64"):
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
    "exposure.equalizeHist": Operation(exposure.equalize_hist, equalize_hist_cases),
    "exposure.rescaleIntensity": Operation(rescale_intensity, rescale_intensity_cases, rescale_intensity_dtype),
}
