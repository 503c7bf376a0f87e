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
    "transform.pyramidReduce",
    [
      { channelAxis: -1 },
      { downscale: 3.1, mode: "wrap", channelAxis: -1 },
      { mode: "constant", cval: 2, channelAxis: 2 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases("transform.rescale", [{}, { mode: "symmetric", antiAliasing: false }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
    [0.4, 1.6],
  ]),
  ...cases(
    "transform.resize",
    [
      {},
      { antiAliasing: false },
      { order: 0, mode: "edge", antiAliasing: false },
      { mode: "constant", cval: -0.2 },
      { mode: "wrap", antiAliasingSigma: [1.5, 0] },
      { preserveRange: true, clip: false },
    ],
    (random, dtype, size) => [
      samples(random, dtype, size, 1 + (size[1] % 4)),
      [Math.ceil(size[0] / 2), 1 + Math.floor((3 * size[1]) / 4)],
    ],
  ),
  ...cases(
    "transform.resize",
    [{}, { order: 0 }, { mode: "constant", cval: 2 }],
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
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1), TURNED],
  ),
  ...cases(
    "transform.warp",
    [{ outputShape: [21, 22] }, { order: 3, mode: "wrap" }, { order: 0, mode: "edge", outputShape: [5, 7] }],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4)), TILTED],
    " tilted",
  ),
  ...cases(
    "transform.rotate",
    [{}, { resize: true, mode: "edge" }, { order: 3, center: [4.3, -2.1] }, { order: 0, cval: 1 }],
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
    ].map((options) => ({ channelAxis: 2, ...options })),
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
];
