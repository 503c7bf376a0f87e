import test from "ava";
import { trace } from "../../src/index.ts";
import { filters, Image, util } from "../../src/image/index.ts";

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

test("a threshold for each pixel, compared as it is whatever the dtypes", (t) => {
  const image = new Image(Uint8Array.of(1, 2, 3, 200), { width: 2, height: 2 });
  const thresholds = new Image(Float64Array.of(1, 1.5, Number.NaN, -Infinity), { width: 2, height: 2 });
  const mask = util.greater(image, thresholds);
  t.deepEqual([...mask.data], [0, 1, 0, 1]);
  t.deepEqual([mask.dtype, ...mask.shape], ["uint8", 2, 2]);
  // Lower in the right half than in the left one, which no single threshold parts.
  const steps = new Image(Float32Array.of(0.6, 0.8, 0.1, 0.3), { width: 4, height: 1 });
  t.deepEqual(
    [...util.greater(steps, filters.thresholdLocal(steps, { blockSize: 3, method: "mean" })).data],
    [0, 1, 0, 1],
  );
  const { calls } = trace(() => util.greater(image, image));
  t.is(calls[0]!.backend, "native");
  for (const backend of ["native", "default"]) {
    t.deepEqual([...util.greater(image, thresholds, { backend }).data], [0, 1, 0, 1], backend);
    const wide = new Image(new Float32Array(4), { width: 4, height: 1 });
    t.throws(() => util.greater(image, wide, { backend }), { code: "ERR_IMAGE_SHAPE" }, backend);
    const colours = new Image(new Float32Array(12), { width: 2, height: 2, channels: 3 });
    t.throws(() => util.greater(image, colours, { backend }), { code: "ERR_IMAGE_SHAPE" }, backend);
  }
});
