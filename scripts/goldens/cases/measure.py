"""What is recorded of skimage.measure."""

import functools

import numpy as np
from skimage import measure
from skimage.measure._regionprops import COL_DTYPES, _props_to_dict

from .operation import DTYPES, SMALL, Operation, in_64_bits


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
    for name in ("coins-mask-uint8", "zeros-uint8", "noise-levels-float64"):
        yield [name], {"return_num": True}


def label(image, **options):
    labels = measure.label(image, **options)
    return {"labels": labels[0], "num": float(labels[1])} if isinstance(labels, tuple) else labels


def label_dtype(result, arguments, options):
    return np.int32


def float64_dtype(result, arguments, options):
    return np.float64


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
    yield ["camera-uint8"], {"spacing": [0.3, 2.5]}
    yield ["camera-float64"], {"spacing": [3, 0.7], "order": 4}
    yield ["camera-float32"], {"spacing": [0.25, 0.25], "order": 1}


def moments_central_cases():
    # Left out: where 0.26 loses digits, as it takes differences of moments about the origin.
    for names, options in moments_cases():
        if "order" not in options and names[0] not in ("nan-float32", "row-float64"):
            yield names, options
    yield ["camera-uint8"], {"center": [10.5, 20]}
    yield ["camera-float64"], {"center": [-3, 7.25], "order": 2}
    yield ["camera-uint8"], {"order": 1}
    for order in (1, 3, 4, 5):
        yield ["zeros-uint8"], {"order": order}
        yield ["nan-float32"], {"order": order}
    yield ["camera-float64"], {"center": [-3, 7.25], "spacing": [0.3, 2.5]}


def moments_hu_cases():
    # Where samples of both signs nearly cancel, or all lie in one line, so do the invariants.
    for name in ("camera-uint8", "camera-uint16", "camera-float32", "camera-float64", "horse-mask-uint8", "coins-uint8"):
        yield [name], {}


INTENSITIES = [name for name in COL_DTYPES if "intensity" in name or "weighted" in name]
COLUMNS = [name for name, kind in COL_DTYPES.items() if kind is not object]


def snake_case(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def regionprops_table(labels, intensity, properties=("label", "bbox"), separator="-", offset=None, **options):
    if intensity is not None and intensity.dtype == np.float32:
        intensity = intensity.astype(np.float64)
    properties = [snake_case(name) for name in properties]
    if offset is not None:
        # 0.26 has no such option for tables.
        regions = measure.regionprops(labels, intensity, offset=offset, **options)
        return _props_to_dict(regions, properties, separator)
    return measure.regionprops_table(labels, intensity, properties, separator=separator, **options)


def regionprops(labels, intensity, spacing=1, **options):
    """All that is a number, as a table."""
    row, column = np.ones(2) * spacing
    names = [name for name in COLUMNS if intensity is not None or name not in INTENSITIES]
    if (row, column) != (1, 1):
        names = [name for name in names if not name.endswith("_hu")]
    if row != column:
        names = [name for name in names if not name.startswith("perimeter")]
    return regionprops_table(labels, intensity, names, spacing=spacing, **options)


def regionprops_cases():
    yield ["horse-mask-uint8", None], {}
    yield ["regions-int32", None], {}
    yield ["text-levels-uint8", "text-levels-uint8"], {}
    for dtype in DTYPES:
        yield ["camera-regions-int32", f"camera-{dtype}"], {}
    yield ["camera-regions-int32", "camera-regions-int32"], {}
    for name in ("spiral-uint8", "comb-uint8", "checkers-uint8", "symmetric-regions-uint8"):
        yield [name, None], {}
    for dtype in DTYPES:
        yield ["astronaut-labels-int32", f"astronaut-{dtype}"], {}
    yield ["astronaut-labels-int32", "astronaut-uint8"], {"spacing": [0.3, 2.5]}
    for spacing in (2, [0.25, 0.25], [0.3, 2.5]):
        yield ["regions-int32", None], {"spacing": spacing}
        yield ["camera-regions-int32", "camera-uint8"], {"spacing": spacing}
    yield ["camera-regions-int32", "camera-float64"], {"spacing": [3, 0.5]}
    # Without intensities, whose centroids 0.26 does not move.
    yield ["regions-int32", None], {"offset": [100, -7]}
    yield ["horse-mask-uint8", None], {"offset": [10, 20], "spacing": [0.3, 2.5]}


def regionprops_table_cases():
    yield ["regions-int32", None], {}
    yield ["camera-labels-uint16", None], {"properties": ["label", "area", "centroid"], "separator": ":"}
    yield ["camera-negative-labels-int32", "camera-uint8"], {"properties": ["label", "intensityMean", "intensityMax"]}
    yield ["regions-int32", None], {"properties": ["label", "area", "centroid"], "spacing": [0.5, 2], "offset": [5, 6]}
    yield ["astronaut-labels-uint16", "astronaut-float64"], {"properties": ["intensityMedian", "centroidWeighted", "area"]}
    yield ["nan-rgb-labels-int32", "nan-rgb-float32"], {"properties": ["label", "intensityMean", "intensityMin", "intensityMax"]}
    for small in SMALL:
        yield [f"{small}-labels-int32", f"{small}-float32"], {"properties": ["intensityMin", "bbox", "intensityStd"]}
    for name in ("nan-float32", "infinite-float32"):
        yield ["nan-labels-int32", name], {"properties": ["label", "intensityMean", "intensityMin", "intensityMax", "intensityStd"]}


EDGES = "constant-uint8 extremes-uint8 extremes-uint16 extremes-int32 signed-float32 nan-float32 infinite-float32".split()
REDUCTIONS = ("sum", "mean", "median", "min", "max")


def block_reduce(image, block_size=2, func="sum", **options):
    """Channels by themselves, as here; sums of 32-bit floats in 64 bits."""
    block_size = (*(np.ones(2, int) * block_size), 1)[: image.ndim]
    if func == "sum" and image.dtype == np.float32:
        image = image.astype(np.float64)
    return measure.block_reduce(image, block_size, getattr(np, func), **options)


def reduced_dtype(name):
    def dtype(result, arguments, options):
        image = arguments[0]
        func = options.get(name, "sum" if name == "func" else "mean")
        if func == "sum":
            return np.float64
        return image.dtype if func in ("min", "max", None) else np.float64 if image.dtype == np.float64 else np.float32

    return dtype


def block_reduce_cases():
    for dtype in DTYPES:
        for func in REDUCTIONS:
            yield [f"camera-{dtype}"], {"func": func, "block_size": [4, 7], "cval": 1}
            yield [f"rgb-crop-{dtype}"], {"func": func, "block_size": 3}
            for small in SMALL:
                yield [f"{small}-{dtype}"], {"func": func}
    for func in REDUCTIONS:
        for name in EDGES:
            yield [name], {"func": func, "block_size": [3, 2]}
        yield ["camera-uint8"], {"func": func, "block_size": [100, 6], "cval": 255}
    yield ["rgba-uint8"], {}


def shannon_entropy_cases():
    for dtype in DTYPES:
        for name in ("camera", "astronaut", *SMALL):
            yield [f"{name}-{dtype}"], {}
    for base in (10, 0.5, 2.718281828459045):
        yield ["coins-uint8"], {"base": base}
    for name in EDGES + ["noise-levels-int32", "levels-float64"]:
        yield [name], {}


def masks(function):
    """Objects are what is above 0; scikit-image's perimeter takes masks only."""
    return lambda image, **options: function((image > 0).astype(np.uint8), **options)


def shapes_cases(name, values):
    inputs = "coins-mask horse-mask noise-mask spiral comb checkers zeros mask-row mask-column text-levels constant shapes"
    for value in values:
        for input in inputs.split():
            yield [f"{input}-uint8"], {name: value}
        for dtype in ("uint16", "int32", "float32", "float64"):
            yield [f"noise-levels-{dtype}"], {name: value}
        for dtype in DTYPES:
            for small in SMALL:
                yield [f"{small}-{dtype}"], {name: value}
        yield ["nan-float32"], {name: value}
        yield ["signed-float32"], {name: value}
    yield ["horse-mask-uint8"], {}


def profile_line(image, src, dst, reduce_func="mean", **options):
    """A row for each place along the line, a column or several, and the channels; sums in 64 bits."""
    options_of = {"dtype": np.float64} if reduce_func == "sum" else {}
    function = None if reduce_func is None else functools.partial(getattr(np, reduce_func), **options_of)
    profile = measure.profile_line(image, src, dst, reduce_func=function, **options)
    return profile if reduce_func is None else profile[:, np.newaxis]


def profile_line_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}", [3.25, 4.5], [60, 38.125]], {}
        yield [f"camera-{dtype}", [50, 7.3], [11.1, 40]], {"linewidth": 4, "mode": "nearest"}
        yield [f"astronaut-{dtype}", [2.2, 30.7], [-9.4, 3.1]], {"linewidth": 3, "reduce_func": None, "mode": "mirror"}
        for small in SMALL:
            yield [f"{small}-{dtype}", [-2.3, 1.2], [3.4, 7.7]], {}
            yield [f"{small}-{dtype}", [0, 0], [0, 0]], {"order": 0, "linewidth": 2, "reduce_func": "max"}
    for mode in ("reflect", "constant", "nearest", "mirror", "wrap"):
        for order in (0, 1):
            yield ["row-float64", [-4.3, -9.2], [5.1, 33.3]], {"mode": mode, "order": order, "cval": 0.3, "linewidth": 2}
            yield ["astronaut-uint8", [-25.2, 50.1], [61.7, -11.4]], {"mode": mode, "order": order, "cval": 99.7}
    for func in (*REDUCTIONS, None):
        yield ["camera-uint8", [9.1, 3.2], [22.3, 31.4]], {"linewidth": 5, "reduce_func": func}
        yield ["signed-float32", [1.1, 3.2], [12.3, 2.4]], {"linewidth": 3, "reduce_func": func}
    # Whole rows, columns and diagonals, where a length is a whole number and places are pixels.
    for src, dst in (([4, 0], [4, 42]), ([60, 5], [10, 5]), ([0, 0], [30, 40]), ([41, 12], [1, 3])):
        yield ["camera-uint8", src, dst], {"linewidth": 3}
    for name in ("extremes-int32", "nan-float32", "infinite-float32"):
        yield [name, [0.5, 0.25], [8.1, 11.2]], {}
    for order in (2, 3, 4, 5):
        for dtype in DTYPES:
            yield [f"camera-{dtype}", [3.25, 4.5], [60, 38.125]], {"order": order}
            yield [f"astronaut-{dtype}", [2.2, 10.7], [-9.4, 3.1]], {"order": order, "linewidth": 3, "reduce_func": None}
            for small in SMALL:
                yield [f"{small}-{dtype}", [-2.3, 1.2], [3.4, 7.7]], {"order": order, "linewidth": 2}
        for mode in ("reflect", "constant", "nearest", "mirror", "wrap"):
            yield ["row-float64", [-4.3, -9.2], [5.1, 33.3]], {"mode": mode, "order": order, "cval": 0.3, "linewidth": 2}
            yield ["astronaut-uint8", [-25.2, 50.1], [61.7, -11.4]], {"mode": mode, "order": order, "cval": 99}


OPERATIONS = {
    "measure.blockReduce": Operation(block_reduce, block_reduce_cases, reduced_dtype("func")),
    "measure.eulerNumber": Operation(measure.euler_number, lambda: shapes_cases("connectivity", (1, 2))),
    "measure.label": Operation(label, label_cases, label_dtype),
    "measure.moments": Operation(in_64_bits(measure.moments), moments_cases, float64_dtype),
    "measure.momentsCentral": Operation(in_64_bits(measure.moments_central), moments_central_cases, float64_dtype),
    "measure.momentsHu": Operation(in_64_bits(moments_hu), moments_hu_cases, float64_dtype),
    "measure.perimeter": Operation(masks(measure.perimeter), lambda: shapes_cases("neighborhood", (4, 8))),
    "measure.profileLine": Operation(profile_line, profile_line_cases, reduced_dtype("reduce_func")),
    "measure.regionprops": Operation(regionprops, regionprops_cases),
    "measure.regionpropsTable": Operation(regionprops_table, regionprops_table_cases),
    "measure.shannonEntropy": Operation(measure.shannon_entropy, shannon_entropy_cases),
}
