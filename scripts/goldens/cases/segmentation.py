"""What is recorded of skimage.segmentation."""

import numpy as np
from skimage import segmentation

from .operation import DTYPES, SMALL, Operation, float_dtype

LABELS = "regions-int32 camera-labels-uint8 camera-labels-uint16 camera-negative-labels-int32 all-markers-uint16".split()


def clear_border(labels, mask=None, **options):
    return segmentation.clear_border(labels, mask=None if mask is None else mask.astype(bool), **options)


def clear_border_cases():
    for name in ("regions-int32", "coins-mask-uint8", "horse-mask-uint8", "noise-mask-uint8", "noise-levels-float32"):
        yield [name], {}
        yield [name], {"buffer_size": 3}
    yield ["regions-int32"], {"bgval": -7, "buffer_size": 1}
    yield ["noise-levels-uint16"], {"bgval": 9}
    yield ["noise-levels-float64"], {"bgval": 0.5}
    yield ["regions-int32"], {"mask": "blobs-mask-uint8"}
    yield ["regions-int32"], {"mask": "blobs-mask-uint8", "bgval": 2, "buffer_size": 500}
    for small in SMALL:
        yield [f"{small}-labels-int32"], {}


def expand_labels_cases():
    for name in ("markers-int32", "all-markers-uint16", "camera-labels-uint8"):
        for distance in (0, 1, 1.5, 4, 1000):
            yield [name], {"distance": distance}
    yield ["markers-int32"], {}
    yield ["markers-int32"], {"distance": 5, "spacing": 2}
    yield ["markers-int32"], {"distance": 7.25, "spacing": [1, 2.5]}
    yield ["camera-negative-labels-int32"], {"distance": 2}
    for small in SMALL:
        yield [f"{small}-labels-int32"], {"distance": 3}
    yield ["zeros-uint8"], {}
    yield ["mask-row-uint8"], {"distance": 2}
    yield ["mask-column-uint8"], {"distance": 2}


def find_boundaries_cases():
    for name in LABELS:
        yield [name], {"mode": "subpixel"}
        for mode in ("thick", "inner", "outer"):
            yield [name], {"mode": mode}
            yield [name], {"mode": mode, "connectivity": 2}
    for mode in ("inner", "outer"):
        yield ["regions-int32"], {"mode": mode, "background": 3}
        yield ["camera-negative-labels-int32"], {"mode": mode, "background": -4}
    yield ["regions-int32"], {}
    for small in SMALL:
        yield [f"{small}-labels-int32"], {"mode": "outer"}
        yield [f"{small}-labels-int32"], {"mode": "subpixel"}


def mask_dtype(result, arguments, options):
    return np.uint8


def mark_boundaries_cases():
    yield ["camera-uint8", "camera-labels-int32"], {}
    yield ["astronaut-uint8", "astronaut-labels-uint8"], {"color": [0.25, 0, 1], "mode": "inner"}
    yield ["nan-rgb-float32", "nan-rgb-labels-int32"], {}
    yield ["nan-float32", "nan-labels-int32"], {"mode": "inner"}
    labels = "astronaut-negative-labels-int32"
    for options in (
        {"mode": "thick", "outline_color": [0, 0.5, 1]},
        {"background_label": -4},
        {"background_label": -4, "outline_color": [0, 0, 0]},
    ):
        yield ["astronaut-uint8", labels], options
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-{dtype}", f"{small}-labels-int32"], {"outline_color": [0, 1, 0]}
            yield [f"{small}-{dtype}", f"{small}-labels-int32"], {"mode": "subpixel"}
        yield [f"patch-{dtype}", "patch-mask-uint8"], {"mode": "subpixel"}
    yield ["astronaut-uint8", labels], {"mode": "subpixel", "outline_color": [0, 0.5, 1], "color": [1, 0, 0]}
    yield ["nan-float32", "nan-labels-int32"], {"mode": "subpixel"}


def mark_boundaries_dtype(result, arguments, options):
    return float_dtype(result, arguments[:1], options)


def relabel_sequential(labels, **options):
    relabeled, forward, _ = segmentation.relabel_sequential(labels, **options)
    return {"relabeled": relabeled, "in_values": forward.in_values, "out_values": forward.out_values}


def relabel_sequential_cases():
    for name in ("regions-int32", "camera-labels-uint8", "camera-labels-uint16", "camera-all-labels-int32"):
        yield [name], {}
        yield [name], {"offset": 400}
    for small in SMALL:
        yield [f"{small}-labels-int32"], {}


HEXAGON = [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
FAR = [[0, 0, 1, 0, 1], [1, 0, 1, 1, 0], [0, 1, 0, 0, 1]]
SQUARE = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]


def watershed_cases():
    for connectivity in (1, 2):
        for options in (
            {},
            {"watershed_line": True},
            {"compactness": 0.01},
            {"compactness": 30},
            {"compactness": 1.5, "watershed_line": True},
            {"mask": "blobs-mask-uint8"},
            {"mask": "blobs-mask-uint8", "watershed_line": True},
        ):
            options = {"connectivity": connectivity} | options
            for markers in ("markers-int32", "all-markers-uint16", None):
                yield ["plateaus-uint8", markers], options
    for dtype in DTYPES:
        yield [f"camera-{dtype}", "camera-markers-int32"], {}
        yield [f"camera-{dtype}", None], {}
    yield ["camera-uint8", "camera-negative-labels-int32"], {"watershed_line": True}
    for small in SMALL:
        yield [f"{small}-uint8", f"{small}-labels-int32"], {}
        yield [f"{small}-uint8", None], {"watershed_line": True}
    for name in ("constant-uint8", "checkers-uint8", "noise-levels-int32", "noise-levels-float32", "signed-float32"):
        yield [name, None], {}
    yield ["nan-float32", "nan-labels-int32"], {}
    yield ["slope-uint8", "crowd-int32"], {"connectivity": 2, "watershed_line": True}
    # Of footprints that hold the pixel itself, and reach up to twice as far as they begin before it: of others 0.26 leaves a neighbour
    # out, and reads what lies outside of the image.
    for options in (
        {"connectivity": HEXAGON},
        {"connectivity": FAR},
        {"connectivity": [[0, 1], [1, 1]], "offset": [1, 1]},
        {"connectivity": FAR, "offset": [1, 3]},
        {"connectivity": SQUARE, "offset": [1, 1]},
        {"connectivity": 1, "offset": [1, 2]},
        {"connectivity": 2, "offset": [2, 1]},
    ):
        for more in ({}, {"watershed_line": True}, {"compactness": 1.5}, {"mask": "blobs-mask-uint8"}):
            yield ["plateaus-uint8", "markers-int32"], options | more
        yield ["plateaus-uint8", 30], options
        for small in SMALL:
            yield [f"{small}-float32", f"{small}-labels-int32"], options
    for count in (1, 2, 7, 30, 5000):
        yield ["plateaus-uint8", count], {}
        yield ["plateaus-uint8", count], {"mask": "blobs-mask-uint8", "watershed_line": True}
        yield ["camera-float32", count], {"compactness": 0.1}
        for small in SMALL:
            yield [f"{small}-uint8", count], {}


def label_dtype(result, arguments, options):
    return np.int32


OPERATIONS = {
    "segmentation.clearBorder": Operation(clear_border, clear_border_cases),
    "segmentation.expandLabels": Operation(segmentation.expand_labels, expand_labels_cases),
    "segmentation.findBoundaries": Operation(segmentation.find_boundaries, find_boundaries_cases, mask_dtype),
    "segmentation.markBoundaries": Operation(segmentation.mark_boundaries, mark_boundaries_cases, mark_boundaries_dtype),
    "segmentation.relabelSequential": Operation(relabel_sequential, relabel_sequential_cases),
    "segmentation.watershed": Operation(segmentation.watershed, watershed_cases, label_dtype),
}
