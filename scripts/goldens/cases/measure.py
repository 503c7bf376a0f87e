"""What is recorded of skimage.measure."""

import numpy as np
from skimage import measure
from skimage.measure._regionprops import COL_DTYPES

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


def float64_dtype(result, arguments, options):
    return np.float64


def in_64_bits(function):
    """This library adds up in 64 bits whatever the image has; so does scikit-image, once it has an image of them."""

    def run(*images, **options):
        return function(*(image.astype(np.float64) if image.dtype == np.float32 else image for image in images), **options)

    return run


def moments_hu(image):
    return measure.moments_hu(measure.moments_normalized(measure.moments_central(image)))[:, np.newaxis]


def moments_cases():
    for dtype in DTYPES:
        for name in ("camera", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for name in ("horse-mask-uint8", "signed-float32", "nan-float32", "constant-float32"):
        yield [name], {}
    yield ["camera-uint8"], {"order": 0}
    yield ["camera-uint8"], {"order": 5}


def moments_central_cases():
    # Left out: where 0.26 loses digits, as it takes differences of moments about the origin.
    for names, options in moments_cases():
        if "order" not in options and names[0] not in ("nan-float32", "row-float64"):
            yield names, options
    yield ["camera-uint8"], {"center": [10.5, 20]}
    yield ["camera-float64"], {"center": [-3, 7.25], "order": 2}
    yield ["camera-uint8"], {"order": 1}


def moments_hu_cases():
    # Where samples of both signs nearly cancel, or all lie in one line, so do the invariants.
    for name in ("camera-uint8", "camera-uint16", "camera-float32", "camera-float64", "horse-mask-uint8", "coins-uint8"):
        yield [name], {}


INTENSITIES = [name for name in COL_DTYPES if "intensity" in name or "weighted" in name]
COLUMNS = [name for name, kind in COL_DTYPES.items() if kind is not object]


def snake_case(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def regionprops_table(labels, intensity, properties=("label", "bbox"), separator="-"):
    if intensity is not None and intensity.dtype == np.float32:
        intensity = intensity.astype(np.float64)
    properties = [snake_case(name) for name in properties]
    return measure.regionprops_table(labels, intensity, properties, separator=separator)


def regionprops(labels, intensity):
    """All that is a number, as a table."""
    names = [name for name in COLUMNS if intensity is not None or name not in INTENSITIES]
    return regionprops_table(labels, intensity, names)


def regionprops_cases():
    yield ["horse-mask-uint8", None], {}
    yield ["regions-int32", None], {}
    yield ["text-levels-uint8", "text-levels-uint8"], {}
    for dtype in DTYPES:
        yield ["camera-regions-int32", f"camera-{dtype}"], {}
    yield ["camera-regions-int32", "camera-regions-int32"], {}
    for name in ("spiral-uint8", "comb-uint8", "checkers-uint8"):
        yield [name, None], {}


def regionprops_table_cases():
    yield ["regions-int32", None], {}
    yield ["camera-labels-uint16", None], {"properties": ["label", "area", "centroid"], "separator": ":"}
    yield ["camera-negative-labels-int32", "camera-uint8"], {"properties": ["label", "intensityMean", "intensityMax"]}
    for small in SMALL:
        yield [f"{small}-labels-int32", f"{small}-float32"], {"properties": ["intensityMin", "bbox", "intensityStd"]}
    for name in ("nan-float32", "infinite-float32"):
        yield ["nan-labels-int32", name], {"properties": ["label", "intensityMean", "intensityMin", "intensityMax", "intensityStd"]}


OPERATIONS = {
    "measure.label": Operation(measure.label, label_cases, label_dtype),
    "measure.moments": Operation(in_64_bits(measure.moments), moments_cases, float64_dtype),
    "measure.momentsCentral": Operation(in_64_bits(measure.moments_central), moments_central_cases, float64_dtype),
    "measure.momentsHu": Operation(in_64_bits(moments_hu), moments_hu_cases, float64_dtype),
    "measure.regionprops": Operation(regionprops, regionprops_cases),
    "measure.regionpropsTable": Operation(regionprops_table, regionprops_table_cases),
}
