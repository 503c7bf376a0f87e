"""What a recorded operation is, and the names that cases of many operations share."""

from dataclasses import dataclass
from typing import Any, Callable, Iterable

import numpy as np

DTYPES = ("uint8", "uint16", "int32", "float32", "float64")
SMALL = ("pixel", "row", "column")
MODES = ("reflect", "constant", "nearest", "mirror", "wrap")
EDGE_GRAY = (
    "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-int32 extremes-float32 signed-float32 nan-float32"
).split()


def float_dtype(result, arguments, options):
    """64-bit floats only for 64-bit floats; what is not a float stays as it is."""
    if result.dtype.kind != "f":
        return result.dtype
    flat = [value for argument in arguments for value in (argument if isinstance(argument, list) else [argument])]
    images = [value for value in flat if isinstance(value, np.ndarray)]
    return np.float64 if images and images[-1].dtype == np.float64 else np.float32


@dataclass(frozen=True)
class Operation:
    """scikit-image's function, the names of inputs and options to call it with, and the dtype that this library gives an image."""

    function: Callable[..., Any]
    cases: Callable[[], Iterable[tuple[list, dict]]]
    dtype: Callable[[np.ndarray, list, dict], Any] = float_dtype


def in_64_bits(function):
    """This library computes in 64 bits whatever the image has; so does scikit-image, once it has an image of them."""

    def run(*images, **options):
        return function(*(image.astype(np.float64) if image.dtype == np.float32 else image for image in images), **options)

    return run
