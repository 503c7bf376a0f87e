import { cases, type GeneratedCase } from "./cases.ts";
import { levels, narrow, samples } from "./images.ts";

/** A footprint of this size. */
function full(height: number, width: number): number[][] {
  return Array.from({ length: height }, () => Array.from({ length: width }, () => 1));
}

const CROSS = [
  [0, 1, 0],
  [1, 1, 1],
  [0, 1, 0],
];
/** With holes, and even in height. */
const RAGGED = [
  [1, 0, 1, 1, 0, 0, 1],
  [0, 0, 1, 0, 1, 1, 1],
  [0, 1, 0, 0, 0, 0, 0],
  [1, 1, 1, 0, 1, 0, 1],
];

/** Cases of the operations of `filters`. */
export const filtersCases: readonly GeneratedCase[] = [
  ...cases("filters.applyHysteresisThreshold", [{}], (random, dtype, size) => {
    const image = samples(random, dtype, size, 1);
    // Values of the image, as equality is where a comparison goes wrong.
    return [image, ...[0, 1].map(() => image.data[Math.floor(random() * image.data.length)]!)];
  }),
  ...cases(
    "filters.applyHysteresisThreshold",
    [{}],
    (random, dtype, size) => [0, 1, 2].map(() => samples(random, dtype, size, 1)),
    " by images",
  ),
  ...cases(
    "filters.gaussian",
    [
      {},
      { sigma: 2.3 },
      { sigma: [0, 5], mode: "wrap" },
      { sigma: [3, 0.6], mode: "mirror", truncate: 2.5 },
      { sigma: 1.7, preserveRange: true },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "filters.gaussian",
    [
      { sigma: 1.2, channelAxis: 2 },
      { sigma: [4, 1], channelAxis: -1, mode: "reflect" },
      { sigma: 2, channelAxis: -1, mode: "constant", cval: 0.4 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 2 + (size[1] % 3))],
  ),
  ...cases(
    "filters.sobel",
    [
      {},
      { axis: 0 },
      { axis: 1 },
      { axis: [1, 0] },
      { mode: "constant", cval: -0.3 },
      { mode: "mirror" },
      { mode: "wrap", axis: 0 },
      { mode: "nearest" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...["filters.farid", "filters.prewitt", "filters.scharr"].flatMap((operation) =>
    cases(
      operation,
      [
        {},
        { axis: 0, mode: "wrap" },
        { axis: 1, mode: "mirror" },
        { mode: "constant", cval: -0.3 },
        { mode: "nearest" },
      ],
      (random, dtype, size) => [samples(random, dtype, size, 1)],
    ),
  ),
  ...cases(
    "filters.frangi",
    [
      { sigmas: [1, 2.5] },
      { sigmas: [0.8], blackRidges: false, mode: "wrap" },
      { sigmas: [1.3], gamma: 0.4, beta: 1.5, mode: "constant", cval: 0.6 },
      { scaleRange: [0.9, 2], scaleStep: 0.6 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "filters.gabor",
    [
      {},
      { theta: 0.7, bandwidth: 1.6, mode: "constant", cval: 0.4 },
      { theta: 2.1, sigmaX: 1.4, sigmaY: 0.6, nStds: 2, offset: 0.5, mode: "wrap" },
      { theta: Math.PI / 2, sigmaX: 0.7, sigmaY: 1.1, mode: "mirror" },
      { theta: 0.2, sigmaX: 1.2, sigmaY: 0.5, mode: "nearest" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1), 0.43],
  ),
  ...cases("filters.laplace", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  ...cases(
    "filters.median",
    [
      {},
      { mode: "constant", cval: 7.9 },
      { footprint: full(5, 5), mode: "wrap" },
      { footprint: full(9, 4), mode: "mirror" },
      { footprint: full(2, 1), mode: "reflect" },
      { footprint: [[1]] },
      { footprint: CROSS, mode: "constant" },
      { footprint: RAGGED, mode: "reflect" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "filters.median",
    [{}, { footprint: full(5, 5) }, { footprint: RAGGED }],
    (random, dtype, size) => [levels(random, dtype, size, -2, 5)],
    " of few levels",
  ),
  ...cases(
    "filters.median",
    [{ behavior: "rank" }, { behavior: "rank", footprint: RAGGED }, { behavior: "rank", footprint: full(8, 5) }],
    (random, dtype, size) => [narrow(random, dtype, size, 1)],
    " by rank",
  ),
  ...cases(
    "filters.differenceOfGaussians",
    [{}, { highSigma: [5, 2.5], mode: "wrap", truncate: 3 }, { mode: "constant", cval: 0.4 }],
    (random, dtype, size) => [samples(random, dtype, size, 1), 1.2],
  ),
  ...cases(
    "filters.differenceOfGaussians",
    [{ channelAxis: 2 }],
    (random, dtype, size) => [samples(random, dtype, size, 2 + (size[1] % 3)), 0.7],
    " of channels",
  ),
  ...cases(
    "filters.unsharpMask",
    [{}, { radius: [3, 0], amount: 2.5 }, { radius: 1.4, amount: -0.5, preserveRange: true }],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "filters.unsharpMask",
    [{ channelAxis: -1, radius: 2 }],
    (random, dtype, size) => [samples(random, dtype, size, 2 + (size[1] % 3))],
    " of channels",
  ),
];
