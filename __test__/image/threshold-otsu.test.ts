import test from "ava";
import { filters, Image } from "../../src/image/index.ts";

test("32-bit levels may lie as far apart as they can", (t) => {
  // scikit-image would list the 2³² levels between.
  const image = new Image(Int32Array.of(-(2 ** 31), -(2 ** 31) + 5, 2 ** 31 - 1), { width: 3, height: 1 });
  t.is(filters.thresholdOtsu(image), -(2 ** 31) + 5);
});

test("a constant image is its own threshold, infinite or not", (t) => {
  // scikit-image 0.26 answers so too; NaN is not equal to itself, and refused.
  for (const backend of ["default", "native"]) {
    for (const value of [0.5, -3, Infinity, -Infinity]) {
      for (const Samples of [Float32Array, Float64Array]) {
        const image = new Image(new Samples(6).fill(value), { width: 3, height: 2 });
        t.is(filters.thresholdOtsu(image, { backend }), value);
      }
    }
  }
});

test("of equal variances the first wins", (t) => {
  const image = new Image(Uint8Array.of(0, 10, 20, 30, 0, 30), { width: 6, height: 1 });
  t.is(filters.thresholdOtsu(image), 10);
  t.is(filters.thresholdOtsu(new Image(Uint8Array.of(0, 255), { width: 2, height: 1 })), 0);
});
