"""What is recorded of skimage.metrics."""

import numpy as np
from skimage import metrics

from .operation import DTYPES, SMALL, Operation


def pairs():
    """An image and one that is a little off."""
    for dtype in DTYPES:
        for name in ("camera", "astronaut", *SMALL):
            yield [f"{name}-{dtype}", f"{name}-off-{dtype}"]
    yield ["signed-float32", "signed-off-float32"]
    yield ["extremes-int32", "extremes-off-int32"]


def mean_squared_error_cases():
    for names in pairs():
        yield names, {}
    yield ["camera-uint8", "camera-uint8"], {}


def normalized_root_mse_cases():
    for names in pairs():
        for normalization in ("euclidean", "min-max", "mean"):
            if normalization != "min-max" or not names[0].startswith("pixel"):
                yield names, {"normalization": normalization}
    yield ["camera-uint8", "camera-off-uint8"], {}


def peak_signal_noise_ratio_cases():
    for names in pairs():
        if names[0] != "signed-float32":
            yield names, {}
        yield names, {"data_range": 3.5}


def structural_similarity(im1, im2, full=False, gradient=False, **options):
    """A number, or a table of it and of the images in one row each."""
    result = metrics.structural_similarity(im1, im2, full=full, gradient=gradient, **options)
    if not full and not gradient:
        return result
    names = ["mssim"] + ["grad"] * gradient + ["S"] * full
    return {name: np.ravel(values) for name, values in zip(names, result)}


def structural_similarity_cases():
    for dtype in DTYPES:
        floats = {"data_range": 1} if dtype.startswith("float") else {}
        for name, channels in (("camera", {}), ("astronaut", {"channel_axis": 2})):
            names = [f"{name}-{dtype}", f"{name}-off-{dtype}"]
            yield names, floats | channels
            yield names, floats | channels | {"gaussian_weights": True}
        yield [f"camera-{dtype}", f"camera-off-{dtype}"], {"data_range": 2, "win_size": 11, "use_sample_covariance": False}
    names = ["camera-float64", "camera-off-float64"]
    yield names, {"data_range": 1, "gaussian_weights": True, "sigma": 2.2, "use_sample_covariance": False}
    yield names, {"data_range": 1, "gaussian_weights": True, "win_size": 3}
    yield names, {"data_range": 1, "K1": 0.05, "K2": 0.1}
    yield names, {"data_range": 1, "win_size": 43}
    yield ["camera-uint8", "camera-uint8"], {}
    # In 64 bits, as tables are.
    both = {"full": True, "gradient": True}
    yield names, {"data_range": 1} | both
    yield names, {"data_range": 1, "gaussian_weights": True, "use_sample_covariance": False} | both
    yield ["astronaut-float64", "astronaut-off-float64"], {"data_range": 1, "channel_axis": 2, "win_size": 5, "full": True}
    yield ["astronaut-float64", "astronaut-off-float64"], {"data_range": 1, "channel_axis": 2, "gradient": True}


OPERATIONS = {
    "metrics.meanSquaredError": Operation(metrics.mean_squared_error, mean_squared_error_cases),
    "metrics.normalizedRootMse": Operation(metrics.normalized_root_mse, normalized_root_mse_cases),
    "metrics.peakSignalNoiseRatio": Operation(metrics.peak_signal_noise_ratio, peak_signal_noise_ratio_cases),
    "metrics.structuralSimilarity": Operation(structural_similarity, structural_similarity_cases),
}
