#!/usr/bin/env python3
"""Records what scikit-image 0.26 answers, for __test__/image to compare with.

    python3 -m pip install scikit-image==0.26.0
    python3 scripts/goldens/record.py

Writes into __test__/image/golden:

- cases.json: versions, inputs by name, and cases (operation, inputs, options by their names here, and the number
  expected or the place of the array expected);
- inputs.npy.gz and one <operation>.npy.gz: arrays one after the other, each with its NumPy header.

inputs.py makes the inputs, cases.py says what is asked of them. Inputs are crops of images that ship inside scikit-image (nothing is downloaded) and generated edge cases from a fixed
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
from skimage import color

from cases import OPERATIONS
from inputs import make_inputs

if skimage.__version__ != "0.26.0":
    raise SystemExit(f"this records scikit-image 0.26.0; {skimage.__version__} is installed")

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "__test__" / "image" / "golden"

# They say that an image is unusual; these are meant to be.
warnings.simplefilter("ignore")


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
        "recordedBy": "scripts/goldens/record.py",
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
