// What scikit-image 0.26 has no answer to: neighbours of one's own, and who runs then, and crowds of labels.
import test from "ava";
import { explain } from "../../src/index.ts";
import { Image, segmentation } from "../../src/image/index.ts";

const size = { width: 4, height: 2 };
const flat = new Image(new Uint8Array(8), size);
const markers = new Image(Int32Array.of(0, 0, 0, 5, 7, 0, 0, 0), size);

test("the pixel itself need not be in the footprint, and nothing beyond the edge is a neighbour", (t) => {
  const leftwards = [[1, 1, 0]];
  const expected = [5, 5, 5, 5, 7, 0, 0, 0];
  t.deepEqual([...segmentation.watershed(flat, markers, { connectivity: leftwards }).data], expected);
  t.deepEqual([...segmentation.watershed(flat, markers, { connectivity: [[1, 0, 0]], offset: [0, 1] }).data], expected);
  const far = segmentation.watershed(flat, markers, { connectivity: [[1, 0, 1]], offset: [0, 2] });
  t.deepEqual([...far.data], [0, 5, 0, 5, 7, 0, 0, 0]);
  const alone = segmentation.watershed(flat, markers, { connectivity: [[1]] });
  t.deepEqual([...alone.data], [...markers.data]);
});

test("native floods by edges and corners, however they are said", (t) => {
  const cross = [
    [false, true, false],
    [true, true, true],
    [false, true, false],
  ];
  for (const options of [{}, { connectivity: cross }, { connectivity: 2, offset: [1, 1] }] as const)
    t.is(explain(segmentation.watershed, flat, markers, options).backend, "native");
  t.is(explain(segmentation.watershed, flat, markers, { connectivity: 2, offset: [0, 1] }).backend, "default");
});

test("with a line beside every line the flood comes to an end, the same on both backends", (t) => {
  const geometry = { width: 24, height: 24 };
  const slope = new Image(
    Uint16Array.from({ length: 24 * 24 }, (_, i) => i),
    geometry,
  );
  // A third of all pixels, scattered by multiples of the golden ratio, each with a label of its own.
  const crowd = new Image(
    Int32Array.from({ length: 24 * 24 }, (_, i) => ((i * 0.618034) % 1 < 1 / 3 ? i + 1 : 0)),
    geometry,
  );
  const options = { connectivity: 2, watershedLine: true } as const;
  const [native, reference] = ["native", "default"].map((backend) =>
    segmentation.watershed(slope, crowd, { ...options, backend }),
  );
  t.deepEqual(native!.data, reference!.data);
  t.true(reference!.data.filter((label) => label === 0).length > 300);
});
