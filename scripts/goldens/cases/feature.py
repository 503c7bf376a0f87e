"""What is recorded of skimage.feature."""

import numpy as np
from skimage import feature

from .operation import DTYPES, EDGE_GRAY, MODES, SMALL, Operation


def canny(image, **options):
    """In 64 bits, of 32-bit floats too."""
    return feature.canny(image.astype(np.float64) if image.dtype == np.float32 else image, **options)


def canny_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
            yield [f"{small}-{dtype}"], {"low_threshold": 0, "high_threshold": 0, "sigma": 0.3}
    for mode in MODES:
        yield ["camera-uint8"], {"mode": mode, "cval": 0.6, "sigma": 2}
        yield ["camera-float32"], {"mode": mode, "cval": -1, "sigma": [0.7, 3]}
        yield ["coins-uint8"], {"mode": mode, "mask": "coins-mask-uint8"}
    for low, high in ((20, 40), (0, 0), (0, 30), (60, 60), (25.5, 51), (-3, 12), (10, 1000)):
        yield ["coins-uint8"], {"low_threshold": low, "high_threshold": high}
    yield ["camera-uint16"], {"low_threshold": 3000, "high_threshold": 9000}
    yield ["camera-int32"], {"low_threshold": 10**8, "high_threshold": 3 * 10**8}
    yield ["camera-float64"], {"low_threshold": 0.05, "sigma": 1.5}
    yield ["camera-float64"], {"high_threshold": 0.9, "sigma": 0}
    for low, high in ((0.5, 0.9), (0, 1), (0.8, 0.8), (0.123, 0.77)):
        yield ["camera-float32"], {"low_threshold": low, "high_threshold": high, "use_quantiles": True}
    yield ["coins-uint8"], {"use_quantiles": True, "high_threshold": 0.95, "sigma": 2.4}
    for name in ("shapes", "noisy-shapes"):
        # Without 2: there the last bit of an exponential decides which side of a sharp edge is the steeper.
        for sigma in (0, 0.5, 1, 3.3):
            yield [f"{name}-uint8"], {"sigma": sigma}
        yield [f"{name}-uint8"], {"sigma": 1.5, "mask": "shapes-mask-uint8", "low_threshold": 5, "high_threshold": 20}
    for name in EDGE_GRAY + ["infinite-float32", "checkers-uint8", "noise-mask-uint8", "text-levels-uint8"]:
        yield [name], {}
        yield [name], {"sigma": 0}


def mask_dtype(result, arguments, options):
    return np.uint8


def structure_tensor_cases():
    # Left out: single pixels and lines, which scikit-image squeezes and then refuses.
    for dtype in DTYPES:
        yield [f"patch-{dtype}"], {}
        yield [f"patch-{dtype}"], {"sigma": 2.5, "order": "xy"}
    for mode in MODES:
        yield ["patch-float32"], {"mode": mode, "cval": 0.4}
        yield ["patch-float64"], {"mode": mode, "cval": -2, "sigma": [3, 0.6]}
    yield ["patch-uint8"], {"sigma": 0}
    yield ["camera-float32"], {"sigma": 6}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {}


def hessian_matrix(image, use_gaussian_derivatives=False, **options):
    return feature.hessian_matrix(image, use_gaussian_derivatives=use_gaussian_derivatives, **options)


def hessian_matrix_cases():
    for dtype in DTYPES:
        for derivatives in ({}, {"use_gaussian_derivatives": True}):
            yield [f"patch-{dtype}"], derivatives
            yield [f"patch-{dtype}"], {"sigma": 2.5, "order": "xy", **derivatives}
        yield [f"row-{dtype}"], {"use_gaussian_derivatives": True, "mode": "nearest"}
        yield [f"column-{dtype}"], {"use_gaussian_derivatives": True, "sigma": 1.5}
        yield [f"pixel-{dtype}"], {"use_gaussian_derivatives": True}
    for mode in MODES:
        yield ["patch-float32"], {"mode": mode, "cval": 0.4}
        yield ["patch-float64"], {"mode": mode, "cval": -2, "sigma": [3, 0.6]}
        yield ["patch-float32"], {"mode": mode, "cval": 0.4, "use_gaussian_derivatives": True}
        yield ["patch-float64"], {"mode": mode, "cval": -2, "sigma": [3, 1.1], "use_gaussian_derivatives": True}
    yield ["patch-uint8"], {"sigma": 0}
    yield ["patch-float64"], {"sigma": [0.1, 0.4], "use_gaussian_derivatives": True}
    yield ["camera-float32"], {"sigma": 6, "use_gaussian_derivatives": True}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {}
        yield [name], {"sigma": 1.2, "use_gaussian_derivatives": True}
    yield ["patch-uint8"], {"use_gaussian_derivatives": None}


def eigenvalues(function):
    return lambda elements: list(function(elements))


def eigenvalues_cases():
    for dtype in ("float32", "float64"):
        yield [[f"matrix-{element}-{dtype}" for element in ("upper-left", "upper-right", "lower-right")]], {}
        yield [[f"patch-{dtype}"] * 3], {}
        yield [[f"row-{dtype}"] * 3], {}
        yield [[f"pixel-{dtype}"] * 3], {}


def corner_harris_cases():
    for dtype in DTYPES:
        for options in ({}, {"method": "eps"}, {"k": 0.2, "sigma": 2.5}):
            yield [f"patch-{dtype}"], options
    yield ["camera-float32"], {"sigma": 4, "method": "eps", "eps": 0.1}
    yield ["camera-uint8"], {"sigma": [0, 1.5], "k": -1}
    for name in EDGE_GRAY:
        if not name.startswith("extremes-float"):
            yield [name], {}
            yield [name], {"method": "eps"}


def corner_shi_tomasi_cases():
    for dtype in DTYPES:
        for options in ({}, {"sigma": 2.5}):
            yield [f"patch-{dtype}"], options
    yield ["camera-float32"], {"sigma": [0, 1.5]}
    for name in EDGE_GRAY:
        if not name.startswith("extremes-float"):
            yield [name], {}


def peaks(function):
    """Places as floats, which numbers in lists are compared as; no list where there are none."""

    def run(image, footprint=None, exclude_border=True, **options):
        if footprint is not None:
            options["footprint"] = np.array(footprint)
        if isinstance(exclude_border, list):
            exclude_border = tuple(exclude_border)
        result = function(image, exclude_border=exclude_border, **options)
        if result.dtype == bool:
            return result.astype(np.uint8)
        return result.astype(np.float64) if len(result) else np.empty(0)

    return run


def as_it_is(result, arguments, options):
    return result.dtype


RAGGED = [[1, 0, 0, 1], [0, 1, 1, 0]]


def peak_local_max_cases():
    # NaN beside a threshold is left out: what it is to the maximum of a window is an accident.
    for dtype in DTYPES:
        for options in ({}, {"min_distance": 3}, {"min_distance": 2, "threshold_rel": 0.7, "exclude_border": False}):
            yield [f"camera-{dtype}"], options
        yield [f"camera-{dtype}"], {"num_peaks": 5, "exclude_border": 0}
        yield [f"row-{dtype}"], {"exclude_border": [0, 1]}
        yield [f"column-{dtype}"], {"exclude_border": False, "min_distance": 2}
        yield [f"pixel-{dtype}"], {"exclude_border": False}
        yield [f"pixel-{dtype}"], {"exclude_border": False, "threshold_abs": -1}
        yield [f"camera-{dtype}"], {"labels": "camera-labels-int32", "min_distance": 2}
    for options in (
        {"threshold_abs": 0.6},
        {"threshold_abs": 0.6, "threshold_rel": 0.2},
        {"threshold_rel": 0.6, "exclude_border": [3, 10]},
        {"min_distance": 0, "threshold_rel": 0.9},
        {"min_distance": 4, "p_norm": 1},
        {"min_distance": 5, "p_norm": 2, "exclude_border": 2},
        {"min_distance": 3, "p_norm": 3.5},
        {"min_distance": 100, "exclude_border": False},
        {"min_distance": 2, "num_peaks": 3},
        {"footprint": RAGGED, "exclude_border": False},
        {"footprint": [[1]], "threshold_rel": 0.95},
        {"footprint": [[1] * 9] * 2, "min_distance": 2},
        {"footprint": [[1, 1, 1]] * 3, "min_distance": 0, "threshold_rel": 0.8},
    ):
        yield ["camera-float32"], options
        yield ["camera-float64"], options
    # Plateaus, and equal ones near to each other.
    for name in ("plateaus-uint8", "checkers-uint8", "few-uint8", "two-levels-uint8", "noise-levels-int32", "text-levels-uint8"):
        yield [name], {"exclude_border": False}
        yield [name], {"min_distance": 2, "exclude_border": False}
        yield [name], {"min_distance": 3, "p_norm": 2}
    for labels in ("regions-int32", "markers-int32", "all-markers-uint16", "blobs-mask-uint8"):
        for options in (
            {},
            {"num_peaks_per_label": 1, "exclude_border": False},
            {"num_peaks": 4, "min_distance": 2},
            {"threshold_abs": 20, "exclude_border": False},
            {"footprint": RAGGED, "num_peaks_per_label": 2, "num_peaks": 7},
            {"min_distance": 0, "threshold_rel": 0.5},
        ):
            yield ["plateaus-uint8"], {"labels": labels, **options}
    yield ["zeros-uint8"], {"exclude_border": False}
    for name in EDGE_GRAY + ["infinite-float32"]:
        yield [name], {}


def corner_peaks_cases():
    for dtype in DTYPES:
        yield [f"camera-{dtype}"], {}
        yield [f"camera-{dtype}"], {"min_distance": 4, "threshold_rel": 0.4, "indices": False}
    for name in ("plateaus-uint8", "checkers-uint8", "few-uint8", "noise-levels-int32", "two-levels-uint8"):
        for options in (
            {"exclude_border": False},
            {"min_distance": 3, "num_peaks": 4},
            {"min_distance": 5, "p_norm": 2, "exclude_border": 1},
            {"min_distance": 2, "p_norm": 1, "exclude_border": False},
            {"min_distance": 3, "p_norm": 2.5, "exclude_border": False, "indices": False},
            {"min_distance": 0, "exclude_border": False},
        ):
            yield [name], options
    yield ["plateaus-uint8"], {"labels": "regions-int32", "num_peaks_per_label": 2}
    yield ["plateaus-uint8"], {"labels": "blobs-mask-uint8", "num_peaks": 6, "indices": False}
    yield ["camera-float32"], {"footprint": RAGGED, "threshold_abs": 0.3}
    for small in SMALL:
        yield [f"{small}-uint8"], {"exclude_border": False}
    for name in EDGE_GRAY:
        yield [name], {}


OPERATIONS = {
    "feature.canny": Operation(canny, canny_cases, mask_dtype),
    "feature.cornerHarris": Operation(feature.corner_harris, corner_harris_cases),
    "feature.cornerPeaks": Operation(peaks(feature.corner_peaks), corner_peaks_cases, as_it_is),
    "feature.cornerShiTomasi": Operation(feature.corner_shi_tomasi, corner_shi_tomasi_cases),
    "feature.hessianMatrix": Operation(hessian_matrix, hessian_matrix_cases),
    "feature.hessianMatrixEigvals": Operation(eigenvalues(feature.hessian_matrix_eigvals), eigenvalues_cases),
    "feature.peakLocalMax": Operation(peaks(feature.peak_local_max), peak_local_max_cases, as_it_is),
    "feature.structureTensor": Operation(feature.structure_tensor, structure_tensor_cases),
    "feature.structureTensorEigenvalues": Operation(eigenvalues(feature.structure_tensor_eigenvalues), eigenvalues_cases),
}
