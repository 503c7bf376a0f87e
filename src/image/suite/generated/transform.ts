import { Image } from "../../image.ts";
import { cases, type GeneratedCase } from "./cases.ts";
import { samples } from "./images.ts";

/** With digits enough that no place lies halfway between pixels, where rounding decides which is nearest. */
const TURNED = [
  [0.83371, -0.31193, 3.7107],
  [0.37129, 1.13273, -5.2311],
  [0, 0, 1],
];
const TILTED = [
  [1.07, -0.11, 1.3],
  [0.13, 0.93, -2.2],
  [0.0017, -0.0023, 1],
];

/** Places across the edges of an image of any size, and beyond them. */
const PLACES = ((): Image => {
  const places = new Float64Array(2 * 11 * 13);
  for (let i = 0; i < places.length; i++) places[i] = 21.37 * Math.sin(1.7 * i) + 9.13;
  places[17] = Number.NaN;
  places[40] = -1e12;
  return new Image(places, { width: 13, height: 11, channels: 2 });
})();

/** Cases of the operations of `transform`. */
export const transformCases: readonly GeneratedCase[] = [
  ...cases("transform.integralImage", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  ...cases("transform.integrate", [{}], (random, dtype, size) => [
    samples(random, dtype, size, 1),
    [
      [0, 0],
      [-1, -1],
    ],
    [
      [-1, -1],
      [-1, -1],
    ],
  ]),
  ...cases("transform.downscaleLocalMean", [{}, { cval: 1 }], (random, dtype, size) => [
    samples(random, dtype, size, 1 + (size[1] % 4)),
    [1 + (size[0] % 5), 1 + (size[1] % 3)],
  ]),
  ...cases(
    "transform.pyramidExpand",
    [{}, { upscale: 1.7, mode: "constant", cval: 0.3 }, { order: 0, sigma: 0.8, preserveRange: true }],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "transform.pyramidExpand",
    [
      { order: 2, mode: "constant", cval: 2, channelAxis: -1 },
      { order: 5, upscale: 1.3, channelAxis: -1 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases(
    "transform.pyramidReduce",
    [
      { channelAxis: -1 },
      { downscale: 3.1, mode: "wrap", channelAxis: -1 },
      { mode: "constant", cval: 2, channelAxis: 2 },
      { order: 3, channelAxis: -1 },
      { order: 4, mode: "wrap", downscale: 1.7, channelAxis: -1 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases(
    "transform.rescale",
    [{}, { mode: "symmetric", antiAliasing: false }, { order: 3 }],
    (random, dtype, size) => [samples(random, dtype, size, 1), [0.4, 1.6]],
  ),
  ...cases(
    "transform.resize",
    [
      {},
      { antiAliasing: false },
      { order: 0, mode: "edge", antiAliasing: false },
      { mode: "constant", cval: -0.2 },
      { mode: "wrap", antiAliasingSigma: [1.5, 0] },
      { preserveRange: true, clip: false },
      { order: 3 },
      { order: 5, mode: "wrap", antiAliasingSigma: 0.7 },
    ],
    (random, dtype, size) => [
      samples(random, dtype, size, 1 + (size[1] % 4)),
      [Math.ceil(size[0] / 2), 1 + Math.floor((3 * size[1]) / 4)],
    ],
  ),
  ...cases(
    "transform.resize",
    [
      {},
      { order: 0 },
      { mode: "constant", cval: 2 },
      { order: 2 },
      { order: 3, mode: "constant", cval: 2 },
      { order: 4, mode: "edge", preserveRange: true },
      { order: 5, mode: "symmetric", clip: false },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1), [2 * size[0], size[1] + 5]],
    " larger",
  ),
  ...cases(
    "transform.resize",
    [{ antiAliasing: false }, { antiAliasing: false, mode: "constant", cval: 2, preserveRange: true }],
    (random, dtype, [height, width]) => [
      samples(random, dtype, [2 * height, 2 * width], 1 + (width % 5)),
      [height, width],
    ],
    " to the half",
  ),
  ...cases(
    "transform.warp",
    [
      {},
      { order: 0, mode: "symmetric" },
      { order: 3, mode: "reflect" },
      { mode: "edge", outputShape: [9, 70] },
      { mode: "wrap", preserveRange: true, outputShape: [40, 3] },
      { order: 3, cval: 0.5, clip: false },
      { order: 2, mode: "reflect" },
      { order: 4, mode: "edge", preserveRange: true },
      { order: 5, cval: 2 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1), TURNED],
  ),
  ...cases(
    "transform.warp",
    [
      { outputShape: [21, 22] },
      { order: 3, mode: "wrap" },
      { order: 0, mode: "edge", outputShape: [5, 7] },
      { order: 4, mode: "symmetric" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4)), TILTED],
    " tilted",
  ),
  ...cases(
    "transform.warp",
    [
      { order: 0, mode: "reflect" },
      { cval: 1 },
      { order: 2, mode: "wrap" },
      { order: 3, mode: "edge" },
      { order: 5, cval: 1, clip: false },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4)), PLACES],
    " by places",
  ),
  ...cases(
    "transform.rotate",
    [
      {},
      { resize: true, mode: "edge" },
      { order: 3, center: [4.3, -2.1] },
      { order: 0, cval: 1 },
      { order: 2, resize: true, cval: 1 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4)), 37],
  ),
  ...cases(
    "transform.warpPolar",
    [
      { outputShape: [23, 19] },
      { outputShape: [9, 40], radius: 20.3, mode: "symmetric", channelAxis: 2 },
      { outputShape: [17, 8], scaling: "log", center: [3.3, -2.1], cval: 1, channelAxis: -1 },
      { outputShape: [31, 18], order: 0, radius: 12.7, center: [1.17, 5.33], mode: "reflect" },
      { outputShape: [12, 33], mode: "wrap", preserveRange: true, clip: false, radius: 30.1 },
      { outputShape: [12, 17], order: 3, radius: 20.3, mode: "symmetric" },
      { outputShape: [12, 17], order: 5, radius: 31.7, cval: 2, scaling: "log" },
    ].map((options) => ({ channelAxis: 2, ...options })),
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
];
