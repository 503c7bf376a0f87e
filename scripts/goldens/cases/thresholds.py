"""What is recorded of the thresholds of skimage.filters."""

import numpy as np
from skimage import filters

from inputs import make_inputs

from .operation import DTYPES, MODES, SMALL, Operation


def threshold_names():
    # scikit-image lists every level between the least and the greatest: 32-bit integers must not lie far apart.
    names = [f"{name}-{dtype}" for dtype in ("uint8", "uint16", "float32", "float64") for name in ("camera", *SMALL)]
    names += "pixel-int32 near-int32 noise-levels-int32 constant-uint8 constant-float32 extremes-uint8 extremes-uint16".split()
    return names + "extremes-float32 signed-float32 coins-uint8 two-levels-uint8 tie-uint8 zeros-uint8".split()


def histogram_threshold_cases():
    for name in threshold_names():
        yield [name], {}
    for name in ("camera-float32", "camera-float64", "levels-float32", "levels-float64", "signed-float32"):
        for nbins in (2, 3, 10, 100, 255, 256, 1000):
            yield [name], {"nbins": nbins}


# With empty bins within and at both ends, of odd widths, and with the most in the first.
COUNTS = [0, 0, 12, 40, 7, 0, 3, 9, 30, 55, 31, 8, 2, 0, 0, 6, 0]
CENTERS = [-3, -1.5, -1, 0.25, 0.5, 1, 2, 2.5, 4, 4.125, 5, 6, 7, 9, 9.5, 10, 12]


def hist_cases(*option_sets):
    """Histograms in place of the image's."""
    for options in option_sets:
        for hist in (COUNTS, [COUNTS, CENTERS], [90, 5, 1, 0, 0, 44, 20, 3], [COUNTS[:0:-1], CENTERS[1:]]):
            yield ["camera-uint8"], {"hist": hist} | options


def of_arrays(function):
    """The function, with `hist` in arrays."""

    def run(image, hist=None, **options):
        if hist is not None:
            hist = tuple(map(np.array, hist)) if isinstance(hist[0], list) else np.array(hist)
        return function(image, hist=hist, **options)

    return run


def answered(function, cases=histogram_threshold_cases, more=()):
    """The cases in which scikit-image answers, and more: for images of one value it says nothing, or nonsense."""

    def answered_cases():
        inputs = make_inputs()
        for names, options in cases():
            image = inputs[names[0]]
            if np.all(image == image.flat[0]) and image.dtype.kind == "f":
                continue
            try:
                function(image.copy(), **options)
            except (RuntimeError, ValueError, IndexError):
                continue
            yield names, options
        yield from more

    return answered_cases


def otsu_cases():
    yield from histogram_threshold_cases()
    yield from hist_cases({})


def return_all_cases():
    for name in ("camera-uint8", "coins-uint8", "camera-float32", "camera-float64", "noise-levels-int32", "constant-uint8"):
        yield [name], {"return_all": True}
    for nbins in (10, 1000):
        yield ["signed-float32"], {"return_all": True, "nbins": nbins}
    yield from hist_cases({"return_all": True})


def li_cases():
    for name in threshold_names():
        if name != "extremes-float32":  # 32-bit logarithms of so large numbers are off by 5e-6
            yield [name], {}
    for dtype in ("uint8", "float32", "float64"):
        guess = 60 if dtype == "uint8" else 0.25
        yield [f"camera-{dtype}"], {"tolerance": 0.001}
        yield [f"camera-{dtype}"], {"tolerance": 40 if dtype == "uint8" else 0.1}
        yield [f"camera-{dtype}"], {"initial_guess": guess}
        yield [f"camera-{dtype}"], {"initial_guess": guess + 0.7 * (dtype == "uint8"), "tolerance": 1e-5}
    yield ["near-int32"], {"initial_guess": -39000.5}
    yield ["nan-float32"], {}
    yield ["infinite-float32"], {}


def mean_cases():
    for name in ["camera-int32"] + threshold_names():
        yield [name], {}


def minimum_cases():
    # Without wide ranges, over which scikit-image walks in Python.
    for name in "coins camera extremes two-levels horse-mask text-levels tie".split():
        yield [f"{name}-uint8"], {}
    for name in ("noise-levels-uint16", "noise-levels-int32", "camera-float32", "camera-float64", "signed-float32"):
        yield [name], {}
    for name in ("levels-float32", "levels-float64", "camera-float32"):
        for nbins in (10, 100, 255):
            yield [name], {"nbins": nbins}
    yield ["coins-uint8"], {"max_num_iter": 500}


def multiotsu_cases():
    # The first level makes a class by itself, with empty ones after it or none.
    for name in ("tie-uint8", "shapes-uint8"):
        for classes in (2, 3):
            yield [name], {"classes": classes}
    for name in threshold_names():
        if name != "camera-uint16":  # too many levels for scikit-image's memory
            yield [name], {}
    for name in ("coins-uint8", "noise-levels-uint16", "noise-levels-int32", "two-levels-uint8"):
        for classes in (2, 4):
            yield [name], {"classes": classes}
    for name in ("camera-float32", "camera-float64", "levels-float32", "signed-float32"):
        for classes, nbins in ((2, 10), (3, 40), (4, 20), (5, 15)):
            yield [name], {"classes": classes, "nbins": nbins}


def local_cases():
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"block_size": 7}
            yield [f"{small}-{dtype}"], {"block_size": 5, "method": "mean", "offset": 0.125}
            yield [f"{small}-{dtype}"], {"block_size": 5, "method": "median", "offset": 0.125}
        yield [f"patch-{dtype}"], {"block_size": [3, 7], "method": "median"}
    for mode in MODES:
        yield ["signed-float32"], {"block_size": [3, 9], "mode": mode, "cval": 0.5}
        yield ["row-uint8"], {"block_size": [1, 51], "method": "mean", "mode": mode, "cval": 50}
        yield ["patch-float32"], {"block_size": 5, "method": "median", "mode": mode, "cval": 0.5}
        yield ["patch-uint8"], {"block_size": 7, "method": "median", "mode": mode, "cval": 60.5}
    yield ["camera-uint8"], {}
    yield ["camera-float32"], {"block_size": 21, "method": "mean"}
    yield ["signed-float32"], {"block_size": 5, "param": 2.5}
    yield ["signed-float32"], {"block_size": 1}


def in_64_bits(function):
    """The function, for 32-bit floats too: the deviations of flat windows drown in their rounding."""
    return lambda image, **options: function(image.astype(np.float64) if image.dtype == np.float32 else image, **options)


def niblack_cases():
    # Without 64-bit floats, where scikit-image's differences of sums of squares cost it half the digits.
    for dtype in DTYPES[:-1]:
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"window_size": 5}
    yield ["camera-uint8"], {"window_size": 9}
    yield ["signed-float32"], {"window_size": [3, 25], "k": -0.4}
    yield ["noise-levels-int32"], {}
    yield ["near-int32"], {"window_size": [21, 1]}


def sauvola_cases():
    yield from niblack_cases()
    yield ["noise-levels-int32"], {"window_size": 5, "r": 2, "k": 0.6}


OPERATIONS = {
    "filters.thresholdIsodata": Operation(
        of_arrays(filters.threshold_isodata), answered(filters.threshold_isodata, more=[*return_all_cases(), *hist_cases({})])
    ),
    "filters.thresholdLi": Operation(filters.threshold_li, li_cases),
    "filters.thresholdLocal": Operation(filters.threshold_local, local_cases),
    "filters.thresholdMean": Operation(filters.threshold_mean, mean_cases),
    "filters.thresholdMinimum": Operation(
        of_arrays(filters.threshold_minimum), answered(filters.threshold_minimum, minimum_cases, list(hist_cases({})))
    ),
    "filters.thresholdMultiotsu": Operation(
        of_arrays(filters.threshold_multiotsu),
        answered(filters.threshold_multiotsu, multiotsu_cases, list(hist_cases({}, {"classes": 2}, {"classes": 4}))),
    ),
    "filters.thresholdNiblack": Operation(in_64_bits(filters.threshold_niblack), niblack_cases),
    "filters.thresholdOtsu": Operation(of_arrays(filters.threshold_otsu), otsu_cases),
    "filters.thresholdSauvola": Operation(in_64_bits(filters.threshold_sauvola), sauvola_cases),
    "filters.thresholdTriangle": Operation(filters.threshold_triangle, histogram_threshold_cases),
    "filters.thresholdYen": Operation(
        of_arrays(filters.threshold_yen), answered(filters.threshold_yen, more=list(hist_cases({})))
    ),
}
