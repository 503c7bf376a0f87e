"""What is recorded of skimage.filters."""

import numpy as np
from skimage import filters

from .operation import DTYPES, EDGE_GRAY, MODES, SMALL, Operation, in_64_bits


def gabor(image, frequency, **options):
    """In floats, of integers too, and the imaginary part below the real one."""
    floats = image if image.dtype.kind == "f" else image.astype(np.float64)
    return np.vstack(filters.gabor(floats, frequency, **options))


def gabor_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", 0.25], {}
        yield [f"patch-{dtype}", 0.4], {"theta": 0.9, "sigma_x": 1.3, "sigma_y": 0.8}
        for small in SMALL:
            yield [f"{small}-{dtype}", 0.6], {"theta": 0.4}
    for mode in MODES:
        yield ["patch-float64", 0.3], {"mode": mode, "cval": 0.25, "theta": 2.5}
        yield ["row-float32", 0.11], {"mode": mode, "cval": 0.5, "sigma_x": 2.2, "theta": -0.3}
    yield ["patch-uint8", 0.5], {"bandwidth": 2.5, "offset": 1.1}
    yield ["patch-uint8", 0.5], {"n_stds": 5, "sigma_y": 0.9, "theta": 1.5707963267948966}
    yield ["patch-float64", 0.7], {"n_stds": 0}
    yield ["camera-float32", 0.05], {"bandwidth": 1.5, "theta": 0.785}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name, 0.35], {"theta": 1.2}


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
    yield from masked_cases({}, {"axis": 1}, {"axis": [0, 1]})
    for axes in ([0], [1], [1, 0]):
        yield ["camera-float32"], {"axis": axes}


def masked_cases(*option_sets):
    """Masks of several shares, on images with and without an inside."""
    for options in option_sets:
        for dtype in DTYPES:
            yield [f"patch-{dtype}"], {"mask": "patch-mask-uint8"} | options
        yield ["nan-float32"], {"mask": "nan-labels-int32"} | options
        yield ["row-uint8"], {"mask": "row-labels-int32"} | options
        yield ["pixel-float64"], {"mask": "pixel-labels-int32"} | options


def edge_cases():
    """Of the filters that differ from sobel in their weights only."""
    for dtype in DTYPES:
        for options in ({}, {"axis": 0}, {"axis": 1}):
            yield [f"patch-{dtype}"], options
    for small in SMALL:
        yield [f"{small}-uint8"], {}
        yield [f"{small}-float64"], {"mode": "constant", "cval": 0.75}
    for mode in MODES:
        yield ["patch-float32"], {"mode": mode, "cval": 0.5}
        yield ["row-float32"], {"mode": mode, "axis": 1, "cval": 0.5}
    for name in EDGE_GRAY:
        yield [name], {}
    yield from masked_cases({}, {"axis": [1]})


def laplace_cases():
    for dtype in DTYPES:
        for name in ("patch", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for name in EDGE_GRAY:
        yield [name], {}
    yield from masked_cases({})


def full(height, width):
    return [[1] * width] * height


CROSS = [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
RAGGED = [[1, 0, 1, 1, 0, 0, 1], [0, 0, 1, 0, 1, 1, 1], [0, 1, 0, 0, 0, 0, 0], [1, 1, 1, 0, 1, 0, 1]]


def median(image, footprint=None, **options):
    """Behaviour "rank" takes arrays only."""
    return filters.median(image, None if footprint is None else np.array(footprint), **options)


def median_cases():
    # NaN is left out: where it comes to lie among the others is an accident.
    for dtype in DTYPES:
        for footprint in (full(5, 5), full(1, 3), full(2, 2), full(9, 7), CROSS, RAGGED):
            yield [f"patch-{dtype}"], {"footprint": footprint}
        yield [f"patch-{dtype}"], {}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
    for mode in MODES:
        for dtype in ("uint8", "float32"):
            yield [f"patch-{dtype}"], {"mode": mode, "cval": 100.9 if dtype == "uint8" else 0.4}
            yield [f"patch-{dtype}"], {"mode": mode, "footprint": full(5, 5)}
            yield [f"patch-{dtype}"], {"mode": mode, "footprint": RAGGED, "cval": 0.9}
        yield ["row-uint16"], {"mode": mode, "footprint": full(11, 3)}
    yield ["patch-int32"], {"mode": "constant", "cval": -1000000.5, "footprint": full(4, 4)}
    # One neighbour, and two: the least and the greatest of them.
    for footprint in ([[1]], [[0, 1]], full(1, 2), full(2, 1), [[1, 0], [0, 1]]):
        yield ["patch-uint8"], {"footprint": footprint}
        yield ["patch-float64"], {"footprint": footprint, "mode": "constant", "cval": 0.4}
    for name in EDGE_GRAY:
        if not name.startswith("nan"):
            yield [name], {}
            yield [name], {"footprint": full(5, 5), "mode": "constant"}
    for dtype in ("uint8", "float32"):
        yield [f"camera-{dtype}"], {"footprint": full(15, 15)}
    yield ["infinite-float32"], {}
    for footprint in (full(3, 3), full(2, 5), CROSS, RAGGED, full(1, 1), [[0, 0, 1]], full(9, 12)):
        for dtype in DTYPES:
            yield [f"patch-{dtype}"], {"behavior": "rank", "footprint": footprint}
        for small in SMALL:
            yield [f"{small}-uint16"], {"behavior": "rank", "footprint": footprint}
            yield [f"{small}-float64"], {"behavior": "rank", "footprint": footprint}
    for name in ("extremes-uint8", "extremes-uint16", "extremes-int32", "noise-levels-int32"):
        yield [name], {"behavior": "rank"}


def apply_hysteresis_threshold_cases():
    for dtype in DTYPES:
        low, high = {"uint8": (60, 150), "uint16": (15000, 40000), "int32": (-(10**9), 5 * 10**8)}.get(dtype, (0.25, 0.6))
        yield [f"camera-{dtype}", low, high], {}
        yield [f"camera-{dtype}", high, low], {}
        for small in SMALL:
            yield [f"{small}-{dtype}", low, high], {}
    # Connected by corners, which do not count; and in long ways.
    for name in ("checkers-uint8", "spiral-uint8", "comb-uint8", "noise-mask-uint8"):
        yield [name, 0, 0.5], {}
    yield ["noise-levels-uint16", 0, 2], {}
    yield ["noise-levels-int32", -1, 1], {}
    yield ["noise-levels-float64", -1.2, 1.9], {}
    # Thresholds that are samples, in 64 bits and rounded to 32.
    for dtype in ("float32", "float64"):
        yield [f"levels-{dtype}", 50 / 255, 120 / 255], {}
        yield [f"levels-{dtype}", 51 / 255, 0.4588235318660736], {}
    for low, high in ((-5, 300), (76.5, 77), (77, 76), (-1, -1)):
        yield ["constant-uint8", low, high], {}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name, 0.2, 0.9], {}
    # Thresholds that are images, or one of them.
    for dtype in DTYPES:
        mild = {"uint8": 150, "uint16": 40000, "int32": 5 * 10**8}.get(dtype, 0.6)
        for name in ("camera", *SMALL):
            yield [f"{name}-{dtype}", f"{name}-off-{dtype}", mild], {}
            yield [f"{name}-{dtype}", mild, f"{name}-off-{dtype}"], {}
        yield [f"camera-{dtype}", f"camera-off-{dtype}", f"camera-{dtype}"], {}
        yield [f"camera-off-{dtype}", "camera-off-float64", f"camera-{dtype}"], {}
    yield ["signed-float32", "signed-off-float32", 0.3], {}


def mask_dtype(result, arguments, options):
    return np.uint8


def difference_of_gaussians_cases():
    for dtype in DTYPES:
        yield [f"patch-{dtype}", 1], {}
        yield [f"rgb-row-{dtype}", 1.5], {"channel_axis": -1}
    for mode in MODES:
        yield ["patch-float32", 0.8], {"high_sigma": 3, "mode": mode, "cval": 0.25}
    for low, options in (
        ([1, 2], {"high_sigma": [1.5, 9]}),
        ([0, 1], {}),
        (0, {}),
        (2, {"high_sigma": 2}),
        (2, {"high_sigma": None, "truncate": 1.3}),
    ):
        yield ["patch-float64", low], options
    yield ["rgba-uint8", [2, 1]], {"high_sigma": 4, "channel_axis": 2}
    for name in EDGE_GRAY:
        yield [name, 1], {}


def unsharp_mask_cases():
    # channel_axis -1 is left out: 0.26 takes rows for channels then, and leaves the others undefined.
    for dtype in DTYPES:
        for options in ({}, {"radius": 3, "amount": 2}, {"preserve_range": True}):
            yield [f"patch-{dtype}"], options
        yield [f"rgb-row-{dtype}"], {"channel_axis": 2}
        yield [f"pixel-{dtype}"], {}
        yield [f"column-{dtype}"], {"radius": [4, 1]}
    for options in (
        {"radius": 0},
        {"radius": [0, 2], "amount": 5},
        {"amount": 0},
        {"amount": -1.5, "radius": 2},
        {"amount": -1.5, "radius": 2, "preserve_range": True},
    ):
        yield ["patch-float32"], options
    yield ["rgba-uint8"], {"channel_axis": 2, "amount": 3}
    yield ["nan-rgb-float32"], {"channel_axis": 2}
    for name in EDGE_GRAY:
        yield [name], {}
    yield ["signed-float32"], {"preserve_range": True}


def frangi_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {}
        yield [f"patch-{dtype}"], {"black_ridges": False, "sigmas": [0.8, 2]}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"sigmas": [1, 2]}
    for mode in MODES:
        yield ["patch-float32"], {"sigmas": [1.5], "mode": mode, "cval": 0.4}
        yield ["patch-float64"], {"sigmas": [1.2, 0.7], "mode": mode, "cval": 0.4, "black_ridges": False}
    yield ["patch-float64"], {"sigmas": [1.1], "gamma": 0.02, "beta": 2}
    yield ["patch-float32"], {"gamma": 0.5, "alpha": 3, "sigmas": [1]}
    # The last of these ranges has one more than one would think.
    for scale_range, scale_step in (([1, 4], 1), ([0.7, 2], 0.3), ([1, 1.3], 0.1)):
        yield ["camera-float64"], {"scale_range": scale_range, "scale_step": scale_step}
    yield ["patch-uint8"], {"scale_range": [1, 2], "scale_step": 5, "sigmas": [3], "black_ridges": False}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {"sigmas": [1, 1.7]}
        yield [name], {"sigmas": [1], "gamma": 0.3, "black_ridges": False}


OPERATIONS = {
    "filters.applyHysteresisThreshold": Operation(
        filters.apply_hysteresis_threshold, apply_hysteresis_threshold_cases, mask_dtype
    ),
    "filters.differenceOfGaussians": Operation(filters.difference_of_gaussians, difference_of_gaussians_cases),
    "filters.farid": Operation(filters.farid, edge_cases),
    "filters.frangi": Operation(in_64_bits(filters.frangi), frangi_cases),
    "filters.gabor": Operation(gabor, gabor_cases),
    "filters.gaussian": Operation(filters.gaussian, gaussian_cases),
    "filters.laplace": Operation(filters.laplace, laplace_cases),
    "filters.median": Operation(median, median_cases),
    "filters.prewitt": Operation(filters.prewitt, edge_cases),
    "filters.scharr": Operation(filters.scharr, edge_cases),
    "filters.sobel": Operation(filters.sobel, sobel_cases),
    "filters.unsharpMask": Operation(filters.unsharp_mask, unsharp_mask_cases),
}
