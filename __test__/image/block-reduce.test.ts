import test from "ava";
import { Image, measure } from "../../src/image/index.ts";

const image = new Image(
  Uint8Array.from({ length: 30 }, (_, i) => (i * 37) % 101),
  { width: 5, height: 3, channels: 2 },
);

test("a function of one's own sees blocks row by row, each channel by itself, with what fills them", (t) => {
  const seen: Float64Array[] = [];
  const reduced = measure.blockReduce(image, {
    blockSize: [2, 3],
    cval: 9,
    func: (block) => {
      seen.push(block);
      return block[4]! + 0.5;
    },
  });
  t.deepEqual([reduced.dtype, reduced.height, reduced.width, reduced.channels], ["float64", 2, 2, 2]);
  const sample = (row: number, column: number, channel: number): number =>
    image.data[(row * 5 + column) * 2 + channel]!;
  t.deepEqual(
    [...reduced.data],
    [sample(1, 1, 0), sample(1, 1, 1), sample(1, 4, 0), sample(1, 4, 1), 9, 9, 9, 9].map((value) => value + 0.5),
  );
  t.deepEqual([...seen.at(-1)!], [sample(2, 3, 1), sample(2, 4, 1), 9, 9, 9, 9]);
});

test("what a name does, its function does too", (t) => {
  const own = measure.blockReduce(image, { func: (block) => Math.max(...block) });
  t.deepEqual([...own.data], [...measure.blockReduce(image, { func: "max" }).data]);
  t.deepEqual([...measure.blockReduce(image, { func: () => NaN }).data], Array(12).fill(NaN));
});
