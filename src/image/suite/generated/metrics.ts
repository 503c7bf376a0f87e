import { cases, type GeneratedCase } from "./cases.ts";
import { samples, type Size } from "./images.ts";

/** No smaller than the windows of similarity. */
function roomy([height, width]: Size): Size {
  return [height + 10, width + 10];
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
];
