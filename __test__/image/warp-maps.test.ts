import test from "ava";
import { backend, Image, transform } from "../../src/image/index.ts";
import { runOn } from "./conformance.ts";

const TURN: transform.Matrix = [
  [0.83371, -0.31193, 3.7107],
  [0.37129, 1.13273, -5.2311],
  [0, 0, 1],
];
const SIZE = { width: 13, height: 11 };

const image = new Image(
  Float64Array.from({ length: 2 * 9 * 14 }, (_, i) => Math.sin(i * i)),
  { width: 14, height: 9, channels: 2 },
);

function turned([column, row]: transform.Point): transform.Point {
  const [[a, b, c], [d, e, f]] = TURN;
  return [a * column + b * row + c, d * column + e * row + f];
}

/** The places of all pixels, as an image. */
function places(): Image {
  const data = new Float64Array(2 * SIZE.width * SIZE.height);
  for (let i = 0; i < data.length / 2; i++) {
    const [column, row] = turned([i % SIZE.width, Math.floor(i / SIZE.width)]);
    data.set([row, column], 2 * i);
  }
  return new Image(data, { ...SIZE, channels: 2 });
}

for (const name of ["default", "native"]) {
  const warp = async (map: unknown, options: object): Promise<Image> =>
    (await runOn(name)("transform.warp", [image, map, options])) as Image;

  test(`${name}: matrices, functions and places lead to the same, but for order 3`, async (t) => {
    for (const order of [0, 1, 2, 4, 5] as const) {
      const options = { order, mode: "symmetric", outputShape: [11, 13] };
      const { data } = await warp(TURN, options);
      for (const map of [turned, places()]) {
        const other = await warp(map, options);
        t.true(other.data.every((value, i) => Math.abs(value - data[i]!) < 1e-12));
      }
    }
    const cubic = { order: 3, outputShape: [11, 13] };
    t.deepEqual(await warp(turned, cubic), await warp(places(), cubic));
    t.notDeepEqual(await warp(turned, cubic), await warp(TURN, cubic));
  });

  test(`${name}: a function is asked once for each pixel, row by row`, async (t) => {
    const asked: transform.Point[] = [];
    const same: transform.PlaceOf = (pixel) => {
      asked.push(pixel);
      return pixel;
    };
    await warp(same, { outputShape: [2, 3] });
    // oxfmt-ignore
    t.deepEqual(asked, [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]]);
  });

  test(`${name}: splines of all orders go through the samples`, async (t) => {
    for (const order of [0, 1, 2, 3, 4, 5]) {
      for (const mode of ["constant", "edge", "symmetric", "reflect", "wrap"]) {
        const { data } = await warp((pixel: transform.Point) => pixel, { order, mode });
        t.true(data.every((value, i) => Math.abs(value - image.data[i]!) < 1e-13));
      }
    }
  });
}

test("places of floats of 32 bits and of integers do too, and give the result its size", (t) => {
  const shifted = transform.warp(image, new Image(Int32Array.of(1, 2, -1, 0), { width: 2, height: 1, channels: 2 }));
  t.deepEqual([shifted.height, shifted.width, ...shifted.data], [1, 2, image.data[32]!, image.data[33]!, 0, 0]);
  const map = new Image(Float32Array.of(0.5, 2), { width: 1, height: 1, channels: 2 });
  t.is(transform.warp(image, map).data[0], (image.data[4]! + image.data[32]!) / 2);
});

test("the GPU leaves maps to others before a function is called", (t) => {
  const asked: transform.Point[] = [];
  const same: transform.PlaceOf = (pixel) => {
    asked.push(pixel);
    return pixel;
  };
  backend("wgpu", () => transform.warp(image, same, { outputShape: [1, 1] }));
  t.is(asked.length, 1);
});
