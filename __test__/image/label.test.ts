import test from "ava";
import { Image, measure } from "../../src/image/index.ts";

test("NaN is background, infinities are values", (t) => {
  const image = new Image(Float32Array.of(1, Number.NaN, 1, Infinity, Infinity, -Infinity, Number.NaN, -0.5, 0.9), {
    width: 9,
    height: 1,
  });
  t.deepEqual([...measure.label(image).data], [1, 0, 2, 3, 3, 4, 0, 0, 0]);
  t.deepEqual([...measure.label(image, { background: 1 }).data], [0, 0, 0, 1, 1, 2, 0, 3, 3]);
});

test("one region over a large image does not exhaust the stack", (t) => {
  const { data } = measure.label(new Image(new Uint8Array(1000 * 1000).fill(1), { width: 1000, height: 1000 }));
  t.true(data.every((label) => label === 1));
});

test("with the number of regions beside the labels", async (t) => {
  const image = new Image(Uint8Array.of(7, 0, 7, 7, 0, 3), { width: 6, height: 1 });
  for (const backend of ["default", "native"]) {
    const { labels, num } = measure.label(image, { returnNum: true, backend });
    t.deepEqual([[...labels.data], num], [[1, 0, 2, 2, 0, 3], 3]);
    t.deepEqual(await measure.label.async(image, { returnNum: true, backend }), { labels, num });
    t.is(measure.label(new Image(new Uint8Array(4), { width: 2, height: 2 }), { returnNum: true, backend }).num, 0);
  }
  // @ts-expect-error -- an object of two
  t.is(measure.label(image, { returnNum: true }).data, undefined);
});
