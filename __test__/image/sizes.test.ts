import test from "ava";
import { Image, measure, transform } from "../../src/image/index.ts";

const rgb = new Image(
  Uint8Array.from({ length: 6 * 5 * 3 }, (_, i) => (i * 37) % 251),
  { width: 5, height: 6, channels: 3 },
);
const SHEAR: transform.Matrix = [
  [1, 0.3, -1],
  [0, 0.8, 0.5],
  [0, 0, 1],
];

test("the size of a result may have the image's channels after it, as a shape has", (t) => {
  t.deepEqual(transform.resize(rgb, [3, 4, 3]), transform.resize(rgb, [3, 4]));
  const gray = new Image(rgb.data.slice(0, 30), { width: 5, height: 6 });
  t.deepEqual(transform.resize(gray, [3, 4, 1]), transform.resize(gray, [3, 4]));
  t.deepEqual(transform.warp(rgb, SHEAR, { outputShape: rgb.shape }), transform.warp(rgb, SHEAR));
  const polar = (outputShape: transform.OutputShape) => transform.warpPolar(rgb, { channelAxis: 2, outputShape });
  t.deepEqual(polar([4, 7, 3]), polar([4, 7]));
});

test("one number is the size of a square", (t) => {
  t.deepEqual(transform.resize(rgb, 4), transform.resize(rgb, [4, 4]));
  t.deepEqual(transform.warp(rgb, SHEAR, { outputShape: 4 }), transform.warp(rgb, SHEAR, { outputShape: [4, 4] }));
});

test("a window over pixels may say that it leaves channels apart, as scikit-image's has to", (t) => {
  t.deepEqual(transform.downscaleLocalMean(rgb, [2, 3, 1]), transform.downscaleLocalMean(rgb, [2, 3]));
  t.deepEqual(measure.blockReduce(rgb, { blockSize: [2, 3, 1] }), measure.blockReduce(rgb, { blockSize: [2, 3] }));
  const shrunk = (sigma: NonNullable<transform.ResizeOptions["antiAliasingSigma"]>) =>
    transform.resize(rgb, [3, 3], { antiAliasing: true, antiAliasingSigma: sigma });
  t.deepEqual(shrunk([1, 0.5, 0]), shrunk([1, 0.5]));
});
