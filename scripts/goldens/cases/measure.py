"""What is recorded of skimage.measure."""

import numpy as np
from skimage import measure

from .operation import DTYPES, SMALL, Operation


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


def label_dtype(result, arguments, options):
    return np.int32


OPERATIONS = {
    "measure.label": Operation(measure.label, label_cases, label_dtype),
}
