"""What is recorded of skimage.filters."""

from skimage import filters

from .operation import DTYPES, EDGE_GRAY, MODES, SMALL, Operation


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


OPERATIONS = {
    "filters.gaussian": Operation(filters.gaussian, gaussian_cases),
    "filters.sobel": Operation(filters.sobel, sobel_cases),
    "filters.thresholdOtsu": Operation(filters.threshold_otsu, threshold_otsu_cases),
}
