#!/usr/bin/env python3
"""Records what scikit-image 0.26 answers, for __test__/image to compare with.

    python3 -m pip install scikit-image==0.26.0
    python3 scripts/goldens/record.py                    # all operations
    python3 scripts/goldens/record.py filters.gaussian   # these only

Writes into __test__/image/golden:

- operations/<operation>.json: versions and cases (inputs, options by their names here, and the number or list of numbers
  expected, the place of the array expected, or those of the columns of a table; an option that is an image is the name
  of an input); operations/<operation>.npy.gz: those arrays, one after the other, each with its NumPy header;
- inputs/<name>.npy.gz: each image that a case names, the same way;
- color-names.json: scikit-image's named colours.

inputs.py makes the inputs, cases says what is asked of them. Inputs are crops of images that ship inside scikit-image
(nothing is downloaded) and generated edge cases from fixed seeds, so a second run writes the same bytes (with the same
versions of Python's zlib and NumPy; float results may differ in the last bit on another processor). scikit-image makes
64-bit floats of integers where this library makes 32-bit ones: such results are rounded here, once.
"""

import gzip
import io
import json
import pathlib
import platform
import sys
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
VERSIONS = {
    "scikit-image": skimage.__version__,
    "scipy": scipy.__version__,
    "numpy": np.__version__,
    "python": platform.python_version(),
}

# They say that an image is unusual; these are meant to be.
warnings.simplefilter("ignore")


def camel_case(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def as_column(values):
    values = np.atleast_2d(values)
    return values.astype(np.float64 if values.dtype.kind == "f" else np.int32)


def is_names(value):
    """Whether an argument is a list of inputs."""
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def argument(name, inputs):
    if is_names(name):
        return [argument(each, inputs) for each in name]
    return inputs[name].copy() if isinstance(name, str) else name


def write_arrays(path, arrays):
    stream = io.BytesIO()
    for array in arrays:
        np.save(stream, np.ascontiguousarray(array))
    path.write_bytes(gzip.compress(stream.getvalue(), 9, mtime=0))


def record(name, operation, inputs):
    """Writes one operation; gives its number of cases, and the names of the inputs that they use."""
    arrays, cases, used = [], [], set()
    for names, options in operation.cases():
        images = {option: value for option, value in options.items() if isinstance(value, str) and value in inputs}
        lists = [name for name in names if is_names(name)]
        used.update(name for name in (*names, *images.values(), *sum(lists, [])) if isinstance(name, str))
        arguments = [argument(name, inputs) for name in names]
        result = operation.function(*arguments, **options | {option: inputs[name] for option, name in images.items()})
        if isinstance(result, list):
            # Images one below the other.
            result = np.concatenate(result)
        if isinstance(result, dict):
            expected = {"columns": {camel_case(name): len(arrays) + i for i, name in enumerate(result)}}
            arrays.extend(as_column(column) for column in result.values())
        elif np.ndim(result) < 2:
            expected = np.asarray(result).tolist()
        else:
            expected = {"array": len(arrays)}
            arrays.append(result.astype(operation.dtype(result, arguments, options)))
        options = options | {option: {"input": name} for option, name in images.items()}
        options = {camel_case(name): value for name, value in options.items()}
        cases.append({"inputs": names, "options": options, "expected": expected})
    if arrays:
        write_arrays(GOLDEN / "operations" / f"{name}.npy.gz", arrays)
    lines = ",\n".join(f"    {json.dumps(case, allow_nan=False)}" for case in cases)
    text = f'{{\n  "versions": {json.dumps(VERSIONS)},\n  "cases": [\n{lines}\n  ]\n}}\n'
    (GOLDEN / "operations" / f"{name}.json").write_text(text)
    return len(cases), used


def main(names):
    for folder in ("operations", "inputs"):
        (GOLDEN / folder).mkdir(parents=True, exist_ok=True)
    inputs = make_inputs()
    total, used = 0, set()
    for name in names or OPERATIONS:
        count, its = record(name, OPERATIONS[name], inputs)
        total, used = total + count, used | its
    for name in sorted(used):
        write_arrays(GOLDEN / "inputs" / f"{name}.npy.gz", [inputs[name]])
    colors = {name: [float(value) for value in rgb] for name, rgb in sorted(color.color_dict.items())}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(rgb)}" for name, rgb in colors.items())
    (GOLDEN / "color-names.json").write_text(f"{{\n{lines}\n}}\n")
    size = sum(file.stat().st_size for file in GOLDEN.rglob("*") if file.is_file())
    print(f"{total} cases, {len(used)} inputs; {size} bytes in all")


if __name__ == "__main__":
    main(sys.argv[1:])
