"""What is recorded of skimage.morphology."""

import numpy as np
from scipy import ndimage
from skimage import morphology

from .operation import DTYPES, MODES, SMALL, Operation

CROSS_AND_MORE = [[1, 0, 0, 1, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1]]
EVEN = [[1, 1, 0, 1], [0, 1, 1, 0]]
CORNER = [[0, 0], [1, 1], [1, 1]]
TALL = [[1]] * 9
DISK = morphology.disk(4).tolist()
# NaN is left out: what scikit-image makes of it depends on its place in the footprint.
EDGE_GRAY = (
    "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-int32 extremes-float32 infinite-float32"
).split()


def on_arrays(function):
    def call(image, footprint=None, **options):
        return function(image, None if footprint is None else np.array(footprint, np.uint8), **options)

    return call


def simple_cases():
    for dtype in DTYPES:
        yield [f"detail-{dtype}"], {}
        yield [f"detail-{dtype}"], {"footprint": EVEN, "mode": "max"}
        yield [f"detail-{dtype}"], {"footprint": EVEN, "mode": "min"}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"footprint": CROSS_AND_MORE, "mode": "mirror"}
    for mode in (*MODES, "max", "min", "ignore"):
        yield ["detail-uint8"], {"footprint": CROSS_AND_MORE, "mode": mode, "cval": 100}
        yield ["row-float32"], {"footprint": [[1] * 14], "mode": mode, "cval": 0.25}
        yield ["pixel-uint8"], {"footprint": TALL, "mode": mode, "cval": 200}
    for footprint in (EVEN, CORNER, TALL, DISK, [[1] * 5] * 5, [[1] * 4] * 2, [[1]], [[1, 0, 0]], [[0], [0], [0], [1]]):
        yield ["detail-uint8"], {"footprint": footprint}
    yield ["detail-uint8"], {"mode": "constant", "cval": 99.9}
    for name in EDGE_GRAY:
        yield [name], {}
    yield ["noise-mask-uint8"], {"footprint": DISK}


def composed_cases():
    for dtype in DTYPES:
        yield [f"detail-{dtype}"], {}
        yield [f"detail-{dtype}"], {"footprint": EVEN, "mode": "ignore"}
    for mode in (*MODES, "max", "min", "ignore"):
        yield ["detail-uint8"], {"footprint": CROSS_AND_MORE, "mode": mode, "cval": 100}
    for footprint in (CORNER, TALL, DISK, [[1] * 4] * 2):
        yield ["detail-uint8"], {"footprint": footprint}
    for name in ("row-uint8", "column-uint16", "pixel-int32", "extremes-uint8", "extremes-int32", "constant-float32", "noise-mask-uint8"):
        yield [name], {}


def remove_small_objects(image, **options):
    mask = image.dtype == np.uint8
    return morphology.remove_small_objects(image.astype(bool) if mask else image, **options).astype(image.dtype)


def remove_small_objects_cases():
    # min_size is left out: 0.26.0 takes it for max_size.
    for name in ("noise-mask", "coins-mask", "horse-mask", "spiral", "zeros", "mask-row", "mask-column"):
        for options in ({}, {"max_size": 3}, {"max_size": 20, "connectivity": 2}):
            yield [f"{name}-uint8"], options
    for name in ("noise-levels-uint16", "camera-labels-int32", "camera-labels-uint16", "row-labels-int32", "pixel-labels-int32"):
        for options in ({}, {"max_size": 0}, {"max_size": 5}):
            yield [name], options


def remove_small_holes(image, **options):
    return morphology.remove_small_holes(image, **options).astype(np.uint8)


def remove_small_holes_cases():
    for name in (
        "noise-mask-uint8 coins-mask-uint8 horse-mask-uint8 spiral-uint8 zeros-uint8 mask-row-uint8 mask-column-uint8 "
        "camera-labels-uint16 camera-labels-int32"
    ).split():
        for options in ({}, {"max_size": 3}, {"max_size": 20, "connectivity": 2}):
            yield [name], options


def convex_hull_image(image, **options):
    return morphology.convex_hull_image(image != 0, **options).astype(np.uint8)


def convex_hull_image_cases():
    for name in "horse-mask-uint8 spiral-uint8 zeros-uint8 mask-row-uint8 mask-column-uint8 pixel-uint8 few-uint8 few-float32".split():
        yield [name], {}
        yield [name], {"include_borders": False}
        yield [name], {"offset_coordinates": False}
        yield [name], {"offset_coordinates": False, "include_borders": False}


def distance_transform_edt(image, **options):
    found = ndimage.distance_transform_edt(image, **options)
    # Rows and columns, as channels.
    return np.moveaxis(found, 0, 2).astype(np.int32) if found.ndim > 2 else found


def distance_transform_edt_cases():
    for name in "horse-mask noise-mask coins-mask spiral zeros comb checkers mask-row mask-column pixel few".split():
        yield [f"{name}-uint8"], {}
        yield [f"{name}-uint8"], {"sampling": [0.7, 2], "return_indices": True, "return_distances": False}
    for dtype in ("uint16", "int32", "float32", "float64"):
        yield [f"noise-levels-{dtype}"], {}
        yield [f"noise-levels-{dtype}"], {"return_indices": True, "return_distances": False}
    for dtype in DTYPES:
        # Most of them are nowhere 0.
        for small in SMALL:
            yield [f"{small}-{dtype}"], {"sampling": 3}
    yield ["nan-float32"], {}


OPERATIONS = {
    "morphology.blackTophat": Operation(on_arrays(morphology.black_tophat), composed_cases),
    "morphology.closing": Operation(on_arrays(morphology.closing), composed_cases),
    "morphology.convexHullImage": Operation(convex_hull_image, convex_hull_image_cases),
    "morphology.dilation": Operation(on_arrays(morphology.dilation), simple_cases),
    "morphology.distanceTransformEdt": Operation(distance_transform_edt, distance_transform_edt_cases),
    "morphology.erosion": Operation(on_arrays(morphology.erosion), simple_cases),
    "morphology.opening": Operation(on_arrays(morphology.opening), composed_cases),
    "morphology.removeSmallHoles": Operation(remove_small_holes, remove_small_holes_cases),
    "morphology.removeSmallObjects": Operation(remove_small_objects, remove_small_objects_cases),
    "morphology.whiteTophat": Operation(on_arrays(morphology.white_tophat), composed_cases),
}
