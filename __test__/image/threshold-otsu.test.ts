import test from "ava";
import { filters, Image } from "../../src/image/index.ts";

test("32-bit levels may lie as far apart as they can", (t) => {
  // scikit-image would list the 2³² levels between.
  const image = new Image(Int32Array.of(-(2 ** 31), -(2 ** 31) + 5, 2 ** 31 - 1), { width: 3, height: 1 });
  t.is(filters.thresholdOtsu(image), -(2 ** 31) + 5);
});

test("a constant image is its own threshold, infinite or not", (t) => {
  for (const value of [0.1, -3, Infinity]) {
    t.is(filters.thresholdOtsu(new Image(new Float64Array(6).fill(value), { width: 3, height: 2 })), value);
  }
});

test("of equal variances the first wins", (t) => {
  const image = new Image(Uint8Array.of(0, 10, 20, 30, 0, 30), { width: 6, height: 1 });
  t.is(filters.thresholdOtsu(image), 10);
  t.is(filters.thresholdOtsu(new Image(Uint8Array.of(0, 255), { width: 2, height: 1 })), 0);
});
