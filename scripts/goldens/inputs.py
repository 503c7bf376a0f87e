"""The images that goldens are recorded from: crops of scikit-image's own and generated edge cases."""

import numpy as np
from skimage import data, filters, measure

# For the inputs that were here first: any other draw from it changes those that follow.
RANDOM = np.random.default_rng(20260)


def random(name):
    """A generator for one input."""
    return np.random.default_rng(list(name.encode()))


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


def off(name, image):
    """The image with noise, of a twentieth of its dtype's range at most, towards the middle of the range."""
    whole = image.dtype.kind != "f"
    middle = (np.iinfo(image.dtype).max // 2 + 1 if image.dtype.kind == "u" else 0) if whole else 0.5
    share = random(name).random(image.shape) / 10
    return (image + (middle - image.astype(np.float64)) * share).astype(image.dtype)


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
    infinite = random("infinite-rgb-float32").random((5, 6, 3)).astype(np.float32)
    infinite[2, 3, 1] = np.inf
    infinite[4, 1] = -np.inf
    inputs["infinite-rgb-float32"] = infinite
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
    # For exposure.
    for dtype in ("uint8", "uint16", "int32", "float32", "float64"):
        inputs[f"crop-{dtype}"] = inputs[f"camera-{dtype}"][20:37, 10:33]
    inputs["positive-int32"] = np.maximum(inputs["crop-int32"], 0)
    inputs["every-level-uint8"] = np.arange(256, dtype=np.uint8).reshape(16, 16)
    # Near the middle between bytes, where rounding decides.
    halves = np.arange(-64, 256).reshape(16, 20) / 255 + 0.5 / 255
    inputs["half-levels-float64"] = np.clip(halves, -1, 1)
    inputs["half-levels-float32"] = np.clip(halves, -1, 1).astype(np.float32)
    # For conversions between colour spaces: every dtype, negative samples, hues on and between the sextants, colours that do not exist.
    for dtype in ("uint8", "uint16", "int32", "float32", "float64"):
        inputs[f"rgb-crop-{dtype}"] = inputs[f"astronaut-{dtype}"][10:21, 8:21]
    inputs["signed-rgb-float32"] = random("signed-rgb-float32").standard_normal((7, 8, 3)).astype(np.float32)
    hues = random("hues-float64").random((9, 8, 3)) * [3, 1, 1]
    hues[:3, :, 0] = np.arange(24).reshape(3, 8) / 6
    inputs["hues-float64"] = hues
    inputs["hues-float32"] = hues.astype(np.float32)
    lab = random("lab-float64").uniform([-5, -128, -128], [105, 128, 128], (9, 8, 3))
    inputs["lab-float64"] = lab
    inputs["lab-float32"] = lab.astype(np.float32)
    rgba = random("rgba-float64").random((5, 7, 4))
    rgba[0, :, 3] = np.arange(7) / 6
    inputs["rgba-float64"] = rgba
    inputs["rgba-float32"] = (rgba * 1.5 - 0.25).astype(np.float32)
    inputs["rgba-uint16"] = (rgba * 65535).astype(np.uint16)
    inputs["rgba-int32"] = ((rgba - 0.5) * 2**32).astype(np.int32)
    # For windows: as small as may be with room for one of 5 × 5 inside.
    for dtype in ("uint8", "uint16", "int32", "float32", "float64"):
        inputs[f"patch-{dtype}"] = inputs[f"camera-{dtype}"][30:43, 12:29]
    patch_mask = random("patch-mask-uint8").random((13, 17)) < 0.93
    inputs["patch-mask-uint8"] = patch_mask.astype(np.uint8)
    # For morphology: small enough to record many neighbourhoods.
    for dtype in ("uint8", "uint16", "int32", "float32", "float64"):
        inputs[f"detail-{dtype}"] = inputs[f"camera-{dtype}"][20:43, 8:27].copy()
    few = random("few-uint8").random((17, 21)) < 0.03
    inputs["few-uint8"] = few.astype(np.uint8)
    inputs["few-float32"] = (few[:, ::-1] * -0.25).astype(np.float32)
    # For regionprops: regions of a few pixels to many, without the symmetries that leave axes to rounding.
    draw = random("regions-int32")
    regions = measure.label(filters.gaussian(draw.random((47, 53)), 1.5) > 0.5, connectivity=1)
    regions[regions > 0] += 3 * (regions[regions > 0] > 4)
    inputs["regions-int32"] = regions.astype(np.int32)
    # Symmetries that do not: their moments are exact in scikit-image too.
    symmetric = np.zeros((40, 50), np.uint8)
    symmetric[1:5, 1:14] = 1
    symmetric[7:20, 1:4] = 2
    symmetric[7:14, 7:14] = 3
    rows, columns = np.indices(symmetric.shape)
    symmetric[(rows - 30) ** 2 + (columns - 9) ** 2 <= 49] = 4
    symmetric[np.abs(rows - 10) * 2 <= columns - 20] = 5
    inputs["symmetric-regions-uint8"] = symmetric
    smooth = filters.gaussian(inputs["camera-uint8"], 3, preserve_range=True)
    inputs["camera-regions-int32"] = (smooth // 50).astype(np.int32)
    # For segmentation: plateaus of many sizes, markers on them, a mask.
    draw = random("plateaus-uint8")
    inputs["plateaus-uint8"] = (filters.gaussian(draw.random((47, 53)), 2) * 40).astype(np.uint8)
    draw = random("markers-int32")
    markers = np.where(draw.random((47, 53)) < 0.02, draw.integers(1, 9, (47, 53)), 0)
    inputs["markers-int32"] = markers.astype(np.int32)
    inputs["all-markers-uint16"] = np.where(draw.random((47, 53)) < 0.4, draw.integers(0, 5, (47, 53)), 0).astype(np.uint16)
    inputs["blobs-mask-uint8"] = (filters.gaussian(random("blobs-mask-uint8").random((47, 53)), 2) > 0.48).astype(np.uint8)
    # Line beside line, but few enough that scikit-image comes to an end.
    inputs["slope-uint8"] = np.arange(100, dtype=np.uint8).reshape(10, 10)
    draw = random("crowd-int32")
    inputs["crowd-int32"] = np.where(draw.random((10, 10)) < 0.3, draw.integers(1, 50, (10, 10)), 0).astype(np.int32)
    inputs["camera-markers-int32"] = np.zeros((67, 43), np.int32)
    for label, (row, column) in enumerate([(3, 3), (20, 30), (40, 10), (60, 40), (33, 21)], 1):
        inputs["camera-markers-int32"][row : row + 2, column : column + 2] = label
    # For warp: places inside, across the edges and far beyond.
    places = random("places-float64").uniform([-9, -14], [40, 45], (9, 11, 2))
    inputs["places-float64"] = places
    inputs["places-float32"] = places[:7].astype(np.float32)
    # For metrics: the same images, a little off.
    for name in ("camera", "astronaut", "pixel", "row", "column"):
        for dtype in ("uint8", "uint16", "int32", "float32", "float64"):
            inputs[f"{name}-off-{dtype}"] = off(f"{name}-off-{dtype}", inputs[f"{name}-{dtype}"])
    inputs["signed-off-float32"] = off("signed-off-float32", inputs["signed-float32"])
    inputs["extremes-off-int32"] = inputs["extremes-int32"][::-1].copy()
    # For feature: shapes with all the ties that sharp edges make, and noise on them.
    shapes = np.zeros((45, 52), np.uint8)
    shapes[6:20, 8:30] = 200
    shapes[26:, 35:] = 90
    rows, columns = np.indices(shapes.shape)
    shapes[(rows - 30) ** 2 + (columns - 16) ** 2 < 90] = 255
    inputs["shapes-uint8"] = shapes
    noise = random("noisy-shapes-uint8").normal(0, 12, shapes.shape)
    inputs["noisy-shapes-uint8"] = np.clip(shapes + noise, 0, 255).astype(np.uint8)
    inputs["shapes-mask-uint8"] = (rows + columns > 25).astype(np.uint8)
    # For eigenvalues: matrices with traces and determinants of both signs, and some that are diagonal, equal or nothing.
    for element in ("upper-left", "upper-right", "lower-right"):
        matrix = random(f"matrix-{element}").standard_normal((9, 11))
        matrix[0] = 0 if element == "upper-right" else 1.25
        matrix[1, :4] = 0
        matrix[8, 10] = np.nan if element == "upper-left" else 1
        for dtype in ("float32", "float64"):
            inputs[f"matrix-{element}-{dtype}"] = matrix.astype(dtype)
    return inputs
