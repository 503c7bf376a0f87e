// Where the eigenvalues of a Hessian differ in sign only, the last bit decides whether a pixel is one of a ridge.
import test from "ava";
import { filters, Image } from "../../src/image/index.ts";
import type { FrangiOptions } from "../../src/image/filters/frangi.ts";
import { type DType, SAMPLE_ARRAYS } from "../../src/image/image.ts";

type Surface = (row: number, column: number) => number;

/** Saddles, by the distance from the middle. */
const SURFACES: Readonly<Record<string, Surface>> = {
  x·y: (row, column) => row * column,
  "x² − y²": (row, column) => column * column - row * row,
  "x³ − 3 x y²": (row, column) => column ** 3 - 3 * column * row * row,
};

function surface(at: Surface, dtype: DType, height: number, width: number): Image {
  const [unit, zero] = dtype.startsWith("float")
    ? [1 / 7, 0]
    : [dtype === "uint8" ? 0.2 : 3, dtype === "int32" ? 0 : 120];
  const data = new SAMPLE_ARRAYS[dtype](height * width);
  for (let i = 0; i < data.length; i++) {
    const value = unit * at(Math.floor(i / width) - (height - 1) / 2, (i % width) - (width - 1) / 2) + zero;
    data[i] = dtype.startsWith("float") ? value : Math.round(value);
  }
  return new Image(data, { width, height });
}

const OPTIONS: readonly FrangiOptions[] = [
  { sigmas: [1, 2] },
  { sigmas: [1.5], mode: "constant", cval: 0.3, blackRidges: false },
  { sigmas: [2], mode: "mirror", gamma: 0.7 },
  { sigmas: [1.2], mode: "wrap" },
  { sigmas: [0.9], mode: "nearest", beta: 2 },
];

for (const [name, at] of Object.entries(SURFACES)) {
  test(`native: the ridges of ${name} are those of the reference`, (t) => {
    for (const dtype of ["uint8", "uint16", "int32", "float32", "float64"] as const) {
      for (const [height, width] of [
        [23, 23],
        [31, 18],
      ] as const) {
        const image = surface(at, dtype, height, width);
        for (const options of OPTIONS) {
          const expected = filters.frangi(image, { ...options, backend: "default" }).data;
          const found = filters.frangi(image, { ...options, backend: "native" }).data;
          const others = found.filter((ridge: number, i: number) => Math.abs(ridge - expected[i]!) > 1e-6).length;
          t.is(others, 0, `${dtype} ${height} × ${width} ${JSON.stringify(options)}`);
        }
      }
    }
  });
}
