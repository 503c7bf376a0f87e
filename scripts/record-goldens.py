#!/usr/bin/env python3
"""Records what scikit-image 0.26 answers, for __test__/image to compare with.

    python3 -m pip install scikit-image==0.26.0
    python3 scripts/record-goldens.py

Writes into __test__/image/golden:

- cases.json: versions, inputs by name, and cases (operation, inputs, options by their names here, and the number
  expected or the place of the array expected);
- inputs.npy.gz and one <operation>.npy.gz: arrays one after the other, each with its NumPy header.

Inputs are crops of images that ship inside scikit-image (nothing is downloaded) and generated edge cases from a fixed
seed, so a second run writes the same bytes (with the same versions of Python's zlib and NumPy). scikit-image makes
64-bit floats of integers where this library makes 32-bit ones: such results are rounded here, once.
"""

import gzip
import io
import json
import pathlib
import platform
import warnings

import numpy as np
import scipy
import skimage
from skimage import color, data, filters, measure

if skimage.__version__ != "0.26.0":
    raise SystemExit(f"this records scikit-image 0.26.0; {skimage.__version__} is installed")

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "__test__" / "image" / "golden"
RANDOM = np.random.default_rng(20260)

# They say that an image is unusual; these are meant to be.
warnings.simplefilter("ignore")


def by_dtype(name, image):
    """An 8-bit image in every dtype, the wider ones with detail that 8 bits cannot hold."""
    fine = RANDOM.random(image.shape)
    exact = (image + fine) / 256
    return {
        f"{name}-uint8": image,
        f"{name}-uint16": (exact * 65535).astype(np.uint16),
        f"{name}-int32": ((exact - 0.5) * 2**32).astype(np.int32),
        f"{name}-float32": exact.astype(np.float32),
        f"{name}-float64": exact,
    }


def spiral(size):
    """A one-pixel spiral: the path that two-pass labelling gets wrong first."""
    image = np.zeros((size, size), np.uint8)
    row, column, down, right = 0, 0, 0, 1
    while True:
        image[row, column] = 1
        ahead = (row + 2 * down, column + 2 * right)
        inside = 0 <= row + down < size and 0 <= column + right < size
        if not inside or (all(0 <= i < size for i in ahead) and image[ahead]):
            down, right = right, -down
            ahead = (row + 2 * down, column + 2 * right)
            if not all(0 <= i < size for i in ahead) or image[ahead]:
                return image
        row, column = row + down, column + right


def make_inputs():
    inputs = {}
    inputs |= by_dtype("camera", data.camera()[96:163, 200:243])
    inputs |= by_dtype("astronaut", data.astronaut()[90:131, 200:237])
    inputs |= by_dtype("pixel", np.array([[137]], np.uint8))
    inputs |= by_dtype("rgb-pixel", np.array([[[137, 20, 250]]], np.uint8))
    inputs |= by_dtype("row", data.camera()[100:101, 200:223])
    inputs |= by_dtype("column", data.camera()[100:119, 210:211])
    inputs |= by_dtype("rgb-row", data.astronaut()[100:101, 200:209])
    inputs |= by_dtype("rgb-column", data.astronaut()[100:111, 210:211])
    inputs["constant-uint8"] = np.full((5, 9), 77, np.uint8)
    inputs["constant-float32"] = np.full((5, 9), 0.3, np.float32)
    inputs["extremes-uint8"] = RANDOM.choice([0, 255], (11, 13)).astype(np.uint8)
    inputs["extremes-uint16"] = RANDOM.choice([0, 1, 65535], (11, 13)).astype(np.uint16)
    inputs["extremes-int32"] = RANDOM.choice([-(2**31), -1, 0, 1, 2**31 - 1], (11, 13)).astype(np.int32)
    inputs["extremes-float32"] = (RANDOM.standard_normal((11, 13)) * 1e15).astype(np.float32)
    inputs["extremes-rgb-uint8"] = RANDOM.choice([0, 255], (6, 7, 3)).astype(np.uint8)
    inputs["extremes-rgb-int32"] = RANDOM.choice([-(2**31), -1, 0, 2**31 - 1], (6, 7, 3)).astype(np.int32)
    inputs["signed-float32"] = RANDOM.standard_normal((17, 23)).astype(np.float32)
    nan = RANDOM.random((9, 12)).astype(np.float32)
    nan[4, 5] = np.nan
    nan[8, 11] = np.nan
    inputs["nan-float32"] = nan
    nan = RANDOM.random((5, 6, 3)).astype(np.float32)
    nan[2, 3, 1] = np.nan
    inputs["nan-rgb-float32"] = nan
    infinite = RANDOM.random((9, 12)).astype(np.float32)
    infinite[3, 4] = np.inf
    inputs["infinite-float32"] = infinite
    inputs["rgba-uint8"] = data.logo()[200:219, 150:173]
    inputs["gray-alpha-float32"] = RANDOM.random((7, 8, 2)).astype(np.float32)
    # Values that fall on the edges of bins.
    inputs["levels-float32"] = (data.coins()[40:80, 20:70].astype(np.float32) / np.float32(255)).astype(np.float32)
    inputs["levels-float64"] = data.coins()[40:80, 20:70] / 255
    inputs["near-int32"] = (inputs["camera-int32"] // 2**20 - 40_000).astype(np.int32)
    inputs["two-levels-uint8"] = RANDOM.choice([50, 200], (8, 9)).astype(np.uint8)
    inputs["tie-uint8"] = np.array([[0, 10, 20, 30]], np.uint8)
    # For label: masks, levels, signs.
    coins = data.coins()[0:120, 0:128]
    inputs["coins-uint8"] = coins
    inputs["coins-mask-uint8"] = (coins > filters.threshold_otsu(coins)).astype(np.uint8)
    inputs["horse-mask-uint8"] = (~data.horse()[::3, ::4]).astype(np.uint8)
    inputs["text-levels-uint8"] = data.text()[60:120, 100:220] // 48
    inputs["noise-mask-uint8"] = (RANDOM.random((61, 59)) < 0.55).astype(np.uint8)
    inputs["noise-levels-uint16"] = RANDOM.integers(0, 4, (41, 43)).astype(np.uint16)
    inputs["noise-levels-int32"] = RANDOM.integers(-2, 3, (41, 43)).astype(np.int32)
    inputs["noise-levels-float32"] = RANDOM.uniform(-2, 3, (31, 33)).astype(np.float32)
    inputs["noise-levels-float64"] = RANDOM.uniform(-2, 3, (31, 33))
    inputs["spiral-uint8"] = spiral(25)
    inputs["comb-uint8"] = np.vstack([np.tile([1, 0], (14, 16)), np.ones((1, 32))]).astype(np.uint8)
    inputs["checkers-uint8"] = (np.indices((9, 10)).sum(0) % 2).astype(np.uint8)
    inputs["zeros-uint8"] = np.zeros((4, 6), np.uint8)
    inputs["mask-row-uint8"] = (RANDOM.random((1, 31)) < 0.5).astype(np.uint8)
    inputs["mask-column-uint8"] = (RANDOM.random((29, 1)) < 0.5).astype(np.uint8)
    # For label2rgb: labels of the size of camera and astronaut.
    for name, gray in {"camera": inputs["camera-uint8"], "astronaut": inputs["astronaut-uint8"][..., 1]}.items():
        labels = measure.label(gray > filters.threshold_otsu(gray))
        inputs[f"{name}-labels-int32"] = labels.astype(np.int32)
        inputs[f"{name}-labels-uint8"] = np.minimum(labels, 255).astype(np.uint8)
        inputs[f"{name}-labels-uint16"] = (labels * 1000 % 65536).astype(np.uint16)
        inputs[f"{name}-negative-labels-int32"] = (labels * 7 - 11).astype(np.int32)
        inputs[f"{name}-all-labels-int32"] = (labels + 1).astype(np.int32)
    inputs["pixel-labels-int32"] = np.array([[3]], np.int32)
    inputs["row-labels-int32"] = RANDOM.integers(0, 30, (1, 23)).astype(np.int32)
    inputs["column-labels-int32"] = RANDOM.integers(0, 4, (19, 1)).astype(np.int32)
    inputs["nan-labels-int32"] = RANDOM.integers(0, 4, (9, 12)).astype(np.int32)
    inputs["nan-rgb-labels-int32"] = RANDOM.integers(0, 3, (5, 6)).astype(np.int32)
    return inputs


DTYPES = ("uint8", "uint16", "int32", "float32", "float64")
SMALL = ("pixel", "row", "column")
MODES = ("reflect", "constant", "nearest", "mirror", "wrap")
EDGE_GRAY = (
    "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-int32 extremes-float32 signed-float32 nan-float32"
).split()


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


def rgb2gray_cases():
    for dtype in DTYPES:
        for name in ("astronaut", "rgb-pixel", "rgb-row", "rgb-column"):
            yield [f"{name}-{dtype}"], {}
    for name in ("extremes-rgb-uint8", "extremes-rgb-int32", "nan-rgb-float32"):
        yield [name], {}


def threshold_otsu_cases():
    # scikit-image lists every level between the least and the greatest: 32-bit integers must not lie far apart.
    for dtype in ("uint8", "uint16", "float32", "float64"):
        yield [f"camera-{dtype}"], {}
        for small in SMALL:
            yield [f"{small}-{dtype}"], {}
    for name in ("pixel-int32", "near-int32", "noise-levels-int32"):
        yield [name], {}
    for name in ("camera-float32", "camera-float64", "levels-float32", "levels-float64", "signed-float32"):
        for nbins in (2, 3, 10, 100, 255, 256, 1000):
            yield [name], {"nbins": nbins}
    for name in (
        "constant-uint8 constant-float32 extremes-uint8 extremes-uint16 extremes-float32 signed-float32 coins-uint8 two-levels-uint8 "
        "tie-uint8 zeros-uint8"
    ).split():
        yield [name], {}


def greater_cases():
    for dtype, threshold in zip(DTYPES, (100, 25000.5, -300000000, 0.4, 0.4)):
        yield [f"camera-{dtype}", threshold], {}
        yield [f"pixel-{dtype}", threshold], {}
        yield [f"row-{dtype}", threshold], {}
    yield ["levels-float32", 0.4], {}
    yield ["levels-float32", 100 / 255], {}
    yield ["levels-float64", 100 / 255], {}
    yield ["nan-float32", 0.5], {}
    yield ["infinite-float32", 0.5], {}
    yield ["coins-uint8", 300], {}
    yield ["coins-uint8", -1], {}
    yield ["coins-uint8", 107.5], {}


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


def label2rgb_cases():
    # bg_color None with a bg_label above the least label is left out: 0.26 bares the wrong region.
    for kind in ("int32", "uint8", "uint16"):
        yield [f"camera-labels-{kind}", None], {}
        yield [f"camera-labels-{kind}", "camera-uint8"], {}
    for dtype in DTYPES:
        labels = "camera-labels-int32"
        yield [labels, f"camera-{dtype}"], {"alpha": 0.6}
        yield [labels, f"camera-{dtype}"], {"kind": "avg", "bg_color": [1, 0, 2]}
        labels = "astronaut-labels-int32"
        for saturation in (0, 0.4, 1):
            yield [labels, f"astronaut-{dtype}"], {"saturation": saturation}
        yield [labels, f"astronaut-{dtype}"], {"kind": "avg"}
        yield [labels, f"astronaut-{dtype}"], {"kind": "avg", "bg_label": 2, "bg_color": [0, 1, 0]}
    for image in (None, "astronaut-uint8"):
        for options in (
            {"colors": ["tomato", "gold", "crimson"]},
            {"colors": [[0.1, 0.2, 0.3], "white"]},
            {"colors": [[0.5, 0.25, 0.125, 0.9]]},
            {"bg_color": None},
            {"bg_color": "navy"},
            {"bg_color": [0.2, 0.4, 0.6]},
            {"bg_label": 3},
            {"bg_label": -1},
            {"bg_label": -1, "bg_color": None},
            {"bg_label": 40},
            {"alpha": 0, "saturation": 1},
            {"alpha": 1},
            {"image_alpha": 0.25, "alpha": 0.5, "saturation": 1},
            {"image_alpha": 0},
        ):
            yield ["astronaut-labels-int32", image], options
        yield ["astronaut-negative-labels-int32", image], {}
        yield ["astronaut-negative-labels-int32", image], {"bg_label": -11, "bg_color": "teal"}
        yield ["astronaut-all-labels-int32", image], {}
        yield ["astronaut-all-labels-int32", image], {"bg_color": None}
    yield ["astronaut-all-labels-int32", "astronaut-uint8"], {"kind": "avg"}
    for dtype in DTYPES:
        for small in SMALL:
            yield [f"{small}-labels-int32", f"{small}-{dtype}"], {}
        yield ["pixel-labels-int32", f"rgb-pixel-{dtype}"], {"saturation": 1, "kind": "overlay"}
        yield ["pixel-labels-int32", f"rgb-pixel-{dtype}"], {"kind": "avg"}
    for small in SMALL:
        yield [f"{small}-labels-int32", None], {}
    yield ["nan-labels-int32", "nan-float32"], {}
    yield ["nan-labels-int32", "nan-float32"], {"kind": "avg"}
    yield ["nan-rgb-labels-int32", "nan-rgb-float32"], {}
    yield ["nan-rgb-labels-int32", "nan-rgb-float32"], {"saturation": 0.5}


OPERATIONS = {
    "color.rgb2gray": (color.rgb2gray, rgb2gray_cases),
    "color.label2rgb": (color.label2rgb, label2rgb_cases),
    "filters.gaussian": (filters.gaussian, gaussian_cases),
    "filters.sobel": (filters.sobel, sobel_cases),
    "filters.thresholdOtsu": (filters.threshold_otsu, threshold_otsu_cases),
    "measure.label": (measure.label, label_cases),
    "util.greater": (lambda image, threshold: (image > threshold).astype(np.uint8), greater_cases),
}


def camel_case(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def result_dtype(operation, result, arguments, options):
    """The dtype that this library gives the result."""
    if operation == "measure.label":
        return np.int32
    if result.dtype.kind != "f" or options.get("kind") == "avg":
        return result.dtype
    images = [value for value in arguments if isinstance(value, np.ndarray)]
    source = images[-1] if operation != "color.label2rgb" or len(images) == 2 else None
    return np.float64 if source is not None and source.dtype == np.float64 else np.float32


def write_arrays(path, arrays):
    stream = io.BytesIO()
    for array in arrays:
        np.save(stream, np.ascontiguousarray(array))
    path.write_bytes(gzip.compress(stream.getvalue(), 9, mtime=0))


def main():
    inputs = make_inputs()
    cases = []
    used = set()
    for operation, (function, cases_of) in OPERATIONS.items():
        arrays = []
        for names, options in cases_of():
            used.update(name for name in names if isinstance(name, str))
            arguments = [inputs[name].copy() if isinstance(name, str) else name for name in names]
            result = function(*arguments, **options)
            if operation == "filters.thresholdOtsu":
                expected = result.item()
            else:
                expected = {"array": len(arrays)}
                arrays.append(result.astype(result_dtype(operation, result, arguments, options)))
            cases.append(
                {
                    "operation": operation,
                    "inputs": names,
                    "options": {camel_case(name): value for name, value in options.items()},
                    "expected": expected,
                }
            )
        if arrays:
            write_arrays(GOLDEN / f"{operation}.npy.gz", arrays)
    inputs = {name: array for name, array in inputs.items() if name in used}
    write_arrays(GOLDEN / "inputs.npy.gz", inputs.values())

    header = {
        "recordedBy": "scripts/record-goldens.py",
        "versions": {
            "scikit-image": skimage.__version__,
            "scipy": scipy.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
    }
    names = {name: [float(value) for value in rgb] for name, rgb in sorted(color.color_dict.items())}
    lines = [f'  {json.dumps(key)}: {json.dumps(value)},' for key, value in header.items()]
    lines += [f'  "colorNames": {json.dumps(names)},', f'  "inputs": {json.dumps(list(inputs))},', '  "cases": [']
    lines += [",\n".join(f"    {json.dumps(case, allow_nan=False)}" for case in cases), "  ]"]
    (GOLDEN / "cases.json").write_text("{\n" + "\n".join(lines) + "\n}\n")
    print(f"{len(cases)} cases, {len(inputs)} inputs, {sum(file.stat().st_size for file in GOLDEN.iterdir())} bytes")


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    main()
