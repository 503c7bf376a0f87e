import type { DType, Image } from "../../image.ts";
import { cases, type GeneratedCase } from "./cases.ts";
import { samples, type Size } from "./images.ts";

/** No smaller than the windows of similarity. */
function roomy([height, width]: Size): Size {
  return [height + 10, width + 10];
}

/** Options that ask for images beside the mean. */
const IMAGES = [
  { channelAxis: 2, gradient: true, gaussianWeights: true, useSampleCovariance: false },
  { channelAxis: 2, full: true, gradient: true, winSize: 3 },
];

/** Two images that differ where they are flat too: of what is equal there, rounding alone would make a gradient. */
function unlike(random: () => number, dtype: DType, size: Size): Image[] {
  const channels = 1 + (size[1] % 3);
  return [random, () => 0.75 * random()].map((some) => samples(some, dtype, roomy(size), channels));
}

/** Cases of the operations of `metrics`. */
export const metricsCases: readonly GeneratedCase[] = [
  ...cases("metrics.meanSquaredError", [{}], (random, dtype, size) => [
    samples(random, dtype, size, 1 + (size[1] % 3)),
    samples(random, dtype, size, 1 + (size[1] % 3)),
  ]),
  ...cases(
    "metrics.normalizedRootMse",
    [{}, { normalization: "min-max" }, { normalization: "mean" }],
    (random, dtype, size) => [samples(random, dtype, size, 1), samples(random, dtype, size, 1)],
  ),
  ...cases("metrics.peakSignalNoiseRatio", [{ dataRange: 2 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
    samples(random, dtype, size, 1),
  ]),
  ...cases(
    "metrics.structuralSimilarity",
    [
      { dataRange: 2 },
      { dataRange: 2, winSize: 3, useSampleCovariance: false },
      { dataRange: 2, gaussianWeights: true },
      { dataRange: 2, gaussianWeights: true, winSize: 5, sigma: 1.9 },
      { dataRange: 2, gaussianWeights: true, winSize: 5, sigma: 6 },
      { dataRange: 2, full: true, gradient: true },
      { dataRange: 2, full: true, winSize: 5 },
    ],
    (random, dtype, size) => [samples(random, dtype, roomy(size), 1), samples(random, dtype, roomy(size), 1)],
  ),
  ...cases("metrics.structuralSimilarity", [{ dataRange: 1, channelAxis: 2 }], (random, dtype, size) => [
    samples(random, dtype, roomy(size), 1 + (size[1] % 4)),
    samples(random, dtype, roomy(size), 1 + (size[1] % 4)),
  ]),
  ...cases("metrics.structuralSimilarity", IMAGES, unlike, "", ["uint8", "uint16", "int32"]),
  ...cases(
    "metrics.structuralSimilarity",
    IMAGES.map((options) => ({ dataRange: 2, ...options })),
    unlike,
    "",
    ["float32", "float64"],
  ),
];
