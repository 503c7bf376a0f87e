import test from "ava";
import { type Footprint, Image } from "../../src/image/index.ts";
import { footprintOffsets, fullFootprint, readFootprint } from "../../src/image/footprint.ts";
import { OptionReader } from "../../src/image/options.ts";

const read = (footprint: unknown): ReturnType<typeof readFootprint> =>
  readFootprint(new OptionReader("filters.median", { footprint }, ["footprint"]));

test("rows and 8-bit images are the same footprint", (t) => {
  const rows: Footprint = [
    [0, 1, false],
    [true, 255, 0],
  ];
  const image: Footprint = new Image(Uint8Array.of(0, 1, 0, 7, 255, 0), { width: 3, height: 2 });
  const expected = { height: 2, width: 3, cells: Uint8Array.of(0, 1, 0, 1, 1, 0), count: 3 };
  t.deepEqual(read(rows), expected);
  t.deepEqual(read(image), expected);
  t.deepEqual(read([[1, 1]]), fullFootprint(1, 2));
});

test("a missing one is the operation's to choose", (t) => {
  t.is(read(undefined), null);
  t.is(read(null), null);
});

test("the pixel lies in the middle, beyond it on even sides", (t) => {
  t.deepEqual(footprintOffsets(fullFootprint(1, 3)), [
    [0, -1],
    [0, 0],
    [0, 1],
  ]);
  t.deepEqual(footprintOffsets(fullFootprint(2, 2)), [
    [-1, -1],
    [-1, 0],
    [0, -1],
    [0, 0],
  ]);
  t.deepEqual(footprintOffsets(read([[1, 0, 0, 0]])!), [[0, -2]]);
});

test("what is no footprint is refused", (t) => {
  const holes: unknown[] = [1];
  holes.length = 2;
  const nonsense = [
    3,
    "x",
    {},
    [],
    [[]],
    [1, 2],
    [[1], [1, 1]],
    [[1], 2],
    [[Number.NaN]],
    [["1"]],
    [holes],
    [[1], undefined],
    [[0, 0]],
    new Uint8Array(9),
    new Image(new Int32Array(4), { width: 2, height: 2 }),
    new Image(new Uint8Array(4).fill(1), { width: 2, height: 1, channels: 2 }),
    new Image(new Uint8Array(4), { width: 2, height: 2 }),
  ];
  for (const value of nonsense) {
    t.throws(() => read(value), {
      code: "ERR_IMAGE_OPTION",
      message: /^filters\.median: option footprint is .*; expected rows of equal/,
    });
  }
  const image = new Image(new Uint8Array(4).fill(1), { width: 2, height: 2 });
  structuredClone(image.data.buffer, { transfer: [image.data.buffer] });
  t.throws(() => read(image), { code: "ERR_IMAGE_BUFFER" });
});
