import test from "ava";
import { Image, util } from "../../src/image/index.ts";

test("as in NumPy, the threshold is seen in the dtype of a float image", (t) => {
  // 0.1 in 32 bits is more than 0.1 in 64.
  t.deepEqual([...util.greater(new Image(Float32Array.of(0.1), { width: 1, height: 1 }), 0.1).data], [0]);
  t.deepEqual([...util.greater(new Image(Float64Array.of(Math.fround(0.1)), { width: 1, height: 1 }), 0.1).data], [1]);
});

test("nothing is greater than NaN, nor NaN than anything", (t) => {
  const image = new Image(Float32Array.of(Number.NaN, Infinity, -Infinity), { width: 3, height: 1 });
  t.deepEqual([...util.greater(image, Number.NaN).data], [0, 0, 0]);
  t.deepEqual([...util.greater(image, -Infinity).data], [0, 1, 0]);
  t.deepEqual([...util.greater(image, Infinity).data], [0, 0, 0]);
});
