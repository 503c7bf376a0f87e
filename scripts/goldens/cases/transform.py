"""What is recorded of skimage.transform."""

import numpy as np
from skimage import transform

from .operation import DTYPES, SMALL, Operation, float_dtype

MODES = ("constant", "edge", "symmetric", "reflect", "wrap")
SPLINES = (2, 3, 4, 5)
# SciPy 1.17 begins lines of mode "symmetric" with an error that only lines of some dozens of pixels do not show; it takes channels for such lines.
EXACT = tuple(mode for mode in MODES if mode != "symmetric")
# No place of these lies halfway between two pixels, where rounding decides.
TURN = [[1.1037, 0.4019, -13.3], [-0.3023, 0.9041, 11.7], [0, 0, 1]]
FAR = [[4.3037, 1.1023, -90.2], [-2.2041, 3.7019, -60.4], [0, 0, 1]]
SMALLER = [[0.9037, 0.1023, 0.3], [0.1019, 0.8041, -0.6], [0, 0, 1]]
TILT = [[1.1, 0.2, -3.3], [-0.1, 0.9, 4.7], [0.002, -0.001, 1]]


def in_64_bits(function):
    """scikit-image computes places in 32 bits for 32-bit images; this library in 64 for all."""

    def call(image, *arguments, **options):
        if image.dtype == np.float32:
            result = function(image.astype(np.float64), *arguments, **options)
            return result.astype(np.float32)
        return function(image, *arguments, **options)

    return call


def warp(image, inverse_map, **options):
    """By a matrix, or by an image of places, which for channels is one of theirs too."""
    if not isinstance(inverse_map, np.ndarray):
        return transform.warp(image, np.array(inverse_map, float), **options)
    places = np.moveaxis(inverse_map, -1, 0)
    if image.ndim == 3:
        shape = (*inverse_map.shape[:2], image.shape[2])
        places = np.stack([np.broadcast_to(axis, shape) for axis in (*places[..., np.newaxis], np.arange(image.shape[2]))])
    return transform.warp(image, places, **options)


def warp_dtype(result, arguments, options):
    return float_dtype(result, arguments[:1], options)


def warp_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", TURN], {"output_shape": [21, 19]}
        yield [f"astronaut-{dtype}", TURN], {"output_shape": [11, 17], "mode": "reflect"}
        yield [f"camera-{dtype}", TURN], {"output_shape": [13, 19], "order": 0, "mode": "symmetric"}
        for small in SMALL:
            yield [f"{small}-{dtype}", [[0.7, 0.1, -1.3], [0.2, 1.3, -0.6], [0, 0, 1]]], {"mode": "reflect"}
    for dtype in ("uint8", "uint16", "int32"):
        yield [f"camera-{dtype}", TURN], {"output_shape": [9, 9], "preserve_range": True}
    for mode in MODES:
        for order in (0, 1, 3):
            yield ["camera-uint8", FAR], {"output_shape": [11, 13], "order": order, "mode": mode, "preserve_range": True}
        yield ["row-float64", [[1.7, 0.1, -9.3], [0.2, 1.3, -0.6], [0, 0, 1]]], {"order": 3, "mode": mode, "output_shape": [3, 25]}
    yield ["camera-float64", TILT], {"output_shape": [21, 19]}
    yield ["camera-float32", TILT], {"output_shape": [31, 29], "order": 3, "mode": "edge"}
    yield ["astronaut-uint8", TILT], {"output_shape": [13, 11], "order": 0, "mode": "wrap"}
    yield ["rgba-uint8", TURN], {"order": 3, "output_shape": [11, 12]}
    yield ["gray-alpha-float32", SMALLER], {}
    # Where the constant is beyond the image's range: shown by itself, only mixed with pixels, and not clipped.
    for shift in (-3.5, -0.5):
        for clip in (True, False):
            moved = [[1, 0, shift], [0, 1, shift], [0, 0, 1]]
            yield ["constant-float32", moved], {"cval": 0.9, "clip": clip}
            yield ["camera-float32", moved], {"cval": -0.75, "clip": clip, "order": 3, "output_shape": [9, 9]}
    yield ["camera-uint8", [[1, 0, -3.25], [0, 1, 4.75], [0, 0, 1]]], {"cval": 7, "order": 0, "output_shape": [9, 9]}
    yield ["extremes-uint8", [[0.31, 0, 0.2], [0, 0.37, 0.3], [0, 0, 1]]], {"order": 3, "clip": False}
    yield ["extremes-uint8", [[0.31, 0, 0.2], [0, 0.37, 0.3], [0, 0, 1]]], {"order": 3}
    yield ["extremes-int32", [[0.31, 0, 0.2], [0, 0.37, 0.3], [0, 0, 1]]], {}
    yield ["signed-float32", TILT], {}
    yield ["nan-float32", SMALLER], {}
    yield ["infinite-float32", SMALLER], {}
    yield ["camera-uint8", TURN], {"order": None, "output_shape": None}
    for order in (2, 4, 5):
        for dtype in DTYPES:
            yield [f"camera-{dtype}", TURN], {"output_shape": [11, 9], "order": order}
            for small in SMALL:
                yield [f"{small}-{dtype}", SMALLER], {"order": order, "output_shape": [3, 6]}
        for mode in MODES:
            yield ["camera-float64", FAR], {"output_shape": [7, 9], "order": order, "mode": mode, "cval": -0.3, "clip": False}
        for mode in EXACT:
            yield ["rgb-crop-uint8", SMALLER], {"output_shape": [7, 8], "order": order, "mode": mode, "preserve_range": True}
        yield ["camera-float64", TILT], {"output_shape": [11, 9], "order": order, "mode": "edge"}
    for order in (0, 1, *SPLINES):
        for dtype in DTYPES:
            yield [f"camera-{dtype}", "places-float64"], {"order": order}
        for mode in EXACT:
            yield ["rgb-crop-float64", "places-float32"], {"order": order, "mode": mode, "cval": 0.25}
        yield ["row-int32", "places-float64"], {"order": order, "mode": "reflect", "preserve_range": True}


def per_channel(image, values, neutral):
    """Values for rows and columns, and the neutral one for the channels, which this library leaves alone."""
    pair = np.ones(2) * values
    return [*pair, neutral] if image.ndim == 3 else list(pair)


def resize(image, shape, **options):
    sigma = options.pop("anti_aliasing_sigma", None)
    if sigma is not None:
        options["anti_aliasing_sigma"] = per_channel(image, sigma, 0)
    return transform.resize(image, shape, **options)


def downscale_local_mean(image, factors, **options):
    factors = tuple(int(factor) for factor in per_channel(image, factors, 1))
    return transform.downscale_local_mean(image, factors, **options)


def resize_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", [13, 17]], {}
        yield [f"astronaut-{dtype}", [15, 9]], {"anti_aliasing": False, "mode": "edge"}
        yield [f"astronaut-{dtype}", [13, 50]], {"order": 0, "anti_aliasing": False}
        for small in SMALL:
            yield [f"{small}-{dtype}", [5, 7]], {}
            yield [f"{small}-{dtype}", [3, 2]], {"mode": "symmetric"}
    for dtype in ("uint8", "uint16", "int32"):
        yield [f"camera-{dtype}", [9, 9]], {"preserve_range": True}
    for mode in MODES:
        for size in ([6, 5], [30, 25], [9, 27]):
            yield ["signed-float32", size], {"mode": mode, "cval": 0.4}
        yield ["rgb-row-float64", [4, 20]], {"mode": mode, "cval": -1}
        yield ["row-float32", [2, 50]], {"mode": mode, "order": 0, "cval": 0.5}
    for cval in (-0.5, 2):
        for clip in (True, False):
            yield ["row-float32", [3, 30]], {"mode": "constant", "cval": cval, "clip": clip}
            yield ["row-float32", [1, 6]], {"mode": "constant", "cval": cval, "clip": clip}
    yield ["camera-float32", [20, 20]], {"order": 0}
    yield ["camera-uint8", [20, 20]], {"anti_aliasing_sigma": 0.7}
    yield ["astronaut-uint8", [20, 20]], {"anti_aliasing_sigma": [0, 1.5]}
    yield ["row-uint8", [1, 23]], {"anti_aliasing": True}
    for name in ("constant-uint8", "extremes-uint8", "extremes-uint16", "extremes-int32", "nan-float32", "infinite-float32"):
        yield [name, [4, 14]], {}
    yield ["gray-alpha-float32", [14, 16]], {}
    yield ["rgba-uint8", [9, 12]], {"preserve_range": True}
    yield ["camera-uint8", [11, 14]], {"order": None, "anti_aliasing": None, "anti_aliasing_sigma": None}
    yield from spline_size_cases()


def spline_size_cases():
    """What splines have to themselves where the size changes."""
    for order in SPLINES:
        for dtype in DTYPES:
            yield [f"camera-{dtype}", [13, 17]], {"order": order}
            yield [f"rgb-crop-{dtype}", [8, 19]], {"order": order, "anti_aliasing": False, "mode": "edge"}
            for small in SMALL:
                yield [f"{small}-{dtype}", [5, 7]], {"order": order, "mode": "symmetric"}
        for mode in MODES:
            yield ["signed-float32", [9, 31]], {"order": order, "mode": mode, "cval": 0.4}
            yield ["camera-float64", [20, 30]], {"order": order, "mode": mode, "clip": False, "anti_aliasing": False}
        for mode in EXACT:
            yield ["rgb-row-float32", [4, 20]], {"order": order, "mode": mode, "cval": -1}
        yield ["extremes-uint8", [14, 16]], {"order": order, "mode": "constant", "cval": 2}
        yield ["near-int32", [11, 9]], {"order": order, "preserve_range": True}
        yield ["nan-float32", [9, 12]], {"order": order}
        yield ["nan-float32", [4, 14]], {"order": order}


def rescale_cases():
    for dtype in DTYPES:
        yield [f"levels-{dtype}" if "float" in dtype else f"camera-{dtype}", 0.3], {}
        for small in SMALL:
            yield [f"{small}-{dtype}", 2.5], {}
            yield [f"{small}-{dtype}", 0.01], {}
    yield ["astronaut-uint8", [0.5, 0.25]], {"channel_axis": -1}
    yield ["astronaut-uint8", 0.5], {"channel_axis": 2, "anti_aliasing": False, "preserve_range": True}
    yield ["camera-uint8", 0.5], {"anti_aliasing": False}
    yield ["camera-uint8", [0.2, 1.1]], {"mode": "wrap", "order": 0}
    yield ["camera-float64", 0.4], {"order": None, "anti_aliasing": None, "channel_axis": None}
    for order in SPLINES:
        yield ["row-float64", 1.7], {"order": order}
        yield ["rgb-crop-uint8", [0.6, 1.4]], {"order": order, "mode": "constant", "cval": 0.5, "channel_axis": -1}


def downscale_local_mean_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", [4, 3]], {}
        yield [f"astronaut-{dtype}", 5], {}
        for small in SMALL:
            yield [f"{small}-{dtype}", 2], {"cval": 1}
    for name in ("constant-uint8", "extremes-uint8", "extremes-uint16", "extremes-int32", "signed-float32", "nan-float32"):
        yield [name, [3, 4]], {}
    yield ["camera-uint8", [67, 43]], {}
    yield ["camera-uint8", [100, 7]], {"cval": 255}
    yield ["row-float32", 1], {}


def pyramid_cases(name):
    for dtype in DTYPES:
        yield [f"levels-{dtype}" if name == "downscale" and "float" in dtype else f"row-{dtype}"], {}
        yield [f"rgb-column-{dtype}"], {"channel_axis": -1}
        yield [f"pixel-{dtype}"], {name: 3}
    for mode in ("reflect", "constant", "wrap"):
        yield ["signed-float32"], {"mode": mode, "cval": 0.4, name: 1.4}
        yield ["two-levels-uint8"], {"mode": mode, "cval": 3, "preserve_range": True}
    yield ["extremes-uint8"], {name: 2.5, "sigma": 0.4, "order": 0}
    yield ["extremes-int32"], {"sigma": 0, "preserve_range": True}
    yield ["nan-float32"], {"sigma": 0.6, name: 1.3}
    for order in SPLINES:
        for dtype in DTYPES:
            yield [f"rgb-crop-{dtype}"], {"order": order, "channel_axis": -1}
        for small in SMALL:
            yield [f"{small}-float64"], {"order": order, name: 1.4}
        for mode in ("reflect", "constant", "wrap"):
            yield ["signed-float32"], {"order": order, "mode": mode, "cval": 3.5, name: 1.6}
            yield ["two-levels-uint8"], {"order": order, "mode": mode, "cval": 3, "preserve_range": True}


def rotate_cases():
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-{dtype}", 10], {"mode": "symmetric"}
            yield [f"{small}-{dtype}", -77.5], {"order": 0, "resize": True}
    yield ["camera-uint8", 30], {"center": [3, 60]}
    yield ["astronaut-uint8", -77.5], {"order": 0}
    for angle in (0, 45, 90, 180, -400):
        yield ["rgba-uint8", angle], {"resize": True}
    yield ["row-float32", 30], {"resize": True}
    yield ["camera-uint16", 30], {"order": None, "center": None}
    yield ["near-int32", 200], {"preserve_range": True, "mode": "edge"}
    yield ["checkers-uint8", 12], {"order": 3, "cval": 0.003}
    yield ["checkers-uint8", 12], {"order": 3, "clip": False, "mode": "wrap"}
    for order in (2, 4, 5):
        for dtype in DTYPES:
            yield [f"rgb-crop-{dtype}", 30], {"order": order}
        for mode in MODES:
            yield ["checkers-uint8", 12], {"order": order, "mode": mode, "cval": 0.7, "resize": True}
            yield ["row-float64", 200], {"order": order, "mode": mode, "resize": True}


def warp_polar_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {"output_shape": [21, 17]}
        yield [f"astronaut-{dtype}"], {"output_shape": [17, 13], "mode": "symmetric", "channel_axis": -1, "scaling": "log"}
        yield [f"camera-{dtype}"], {"output_shape": [19, 23], "order": 0, "center": [30.3, 11.7], "radius": 29.9}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"output_shape": [7, 9], "mode": "edge"}
    for mode in MODES:
        yield ["signed-float32"], {"mode": mode, "cval": 0.4, "radius": 31.3, "output_shape": [13, 14]}
        yield ["row-float64"], {"mode": mode, "cval": -1, "radius": 9.2, "output_shape": [13, 14], "center": [0.3, 3.1]}
        yield ["camera-uint8"], {"mode": mode, "scaling": "log", "radius": 90, "center": [-7.3, 50.2], "output_shape": [13, 14]}
    yield ["patch-uint8"], {}
    yield ["patch-uint8"], {"scaling": "log", "preserve_range": True}
    yield ["rgba-uint8"], {"channel_axis": 2, "output_shape": [20, 10], "radius": 0.6, "scaling": "log"}
    for clip in (True, False):
        yield ["constant-float32"], {"cval": 0.9, "clip": clip, "output_shape": [11, 12], "radius": 7}
    for name in ("extremes-uint8", "extremes-int32", "nan-float32", "infinite-float32"):
        yield [name], {"output_shape": [11, 12]}
    for order in SPLINES:
        for dtype in DTYPES:
            yield [f"rgb-crop-{dtype}"], {"order": order, "output_shape": [9, 7], "channel_axis": -1}
        for mode in MODES:
            yield ["signed-float32"], {"order": order, "mode": mode, "cval": 0.4, "radius": 31.3, "output_shape": [9, 8]}
            yield ["row-float64"], {"order": order, "mode": mode, "output_shape": [9, 8], "scaling": "log", "clip": False}


def integral_image_cases():
    for dtype in DTYPES:
        for name in SMALL:
            yield [f"{name}-{dtype}"], {}
    for name in ("camera-uint8", "noise-levels-uint16", "noise-levels-int32", "levels-float64", "nan-float32"):
        yield [name], {}
    for name in ("extremes-uint16", "extremes-int32", "signed-float32", "constant-float32"):
        yield [name], {}


def integral_image_dtype(result, arguments, options):
    return np.float64


def integrate_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", [2, 3], [40, 20]], {}
        yield [f"camera-{dtype}", [[0, 0], [0, 5], [7, 0], [-9, -8]], [[66, 42], [3, 5], [7, 42], [-1, -2]]], {}
        yield [f"pixel-{dtype}", [0, 0], [-1, 0]], {}


OPERATIONS = {
    "transform.downscaleLocalMean": Operation(downscale_local_mean, downscale_local_mean_cases),
    "transform.integralImage": Operation(transform.integral_image, integral_image_cases, integral_image_dtype),
    "transform.integrate": Operation(transform.integrate, integrate_cases),
    "transform.pyramidExpand": Operation(transform.pyramid_expand, lambda: pyramid_cases("upscale")),
    "transform.pyramidReduce": Operation(transform.pyramid_reduce, lambda: pyramid_cases("downscale")),
    "transform.rescale": Operation(transform.rescale, rescale_cases),
    "transform.resize": Operation(resize, resize_cases),
    "transform.rotate": Operation(in_64_bits(transform.rotate), rotate_cases),
    "transform.warp": Operation(in_64_bits(warp), warp_cases, warp_dtype),
    "transform.warpPolar": Operation(transform.warp_polar, warp_polar_cases),
}
