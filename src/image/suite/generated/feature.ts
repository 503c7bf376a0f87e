import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples, type Size } from "./images.ts";

/** Large enough for differences of neighbours. */
function wider([height, width]: Size): Size {
  return [height + 1, width + 1];
}

/** With holes, and even in width. */
const RAGGED = [
  [1, 0, 0, 1],
  [0, 1, 1, 0],
  [1, 1, 0, 0],
];

/** Cases of the operations of `feature`. */
export const featureCases: readonly GeneratedCase[] = [
  ...cases(
    "feature.canny",
    [
      {},
      { sigma: 0, mode: "nearest" },
      { sigma: [2.3, 0.6], mode: "wrap", lowThreshold: 0, highThreshold: 0 },
      { sigma: 1.7, cval: 0.8 },
      { useQuantiles: true, lowThreshold: 0.4, highThreshold: 0.93, mode: "mirror" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "feature.canny",
    [{ lowThreshold: 0, highThreshold: 0, sigma: 0.5 }, { useQuantiles: true }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 2)],
    " of two levels",
  ),
  ...cases(
    "feature.cornerHarris",
    [{}, { method: "eps", sigma: 2 }, { k: 0.2, sigma: [0.7, 3] }],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases(
    "feature.cornerPeaks",
    [
      {},
      { minDistance: 4, thresholdRel: 0.3, indices: false },
      { minDistance: 2, pNorm: 2, excludeBorder: false, numPeaks: 9 },
    ],
    (random, dtype, size) => [levels(random, dtype, size, 0, 50)],
  ),
  ...cases("feature.cornerShiTomasi", [{}, { sigma: [3, 0.7] }, { sigma: [0, 1.5] }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...cases(
    "feature.hessianMatrix",
    [{}, { sigma: 2, order: "xy", mode: "wrap" }, { sigma: [0, 3], mode: "nearest" }, { cval: 0.7 }],
    (random, dtype, size) => [samples(random, dtype, wider(size), 1)],
  ),
  ...cases(
    "feature.hessianMatrix",
    [
      { useGaussianDerivatives: true },
      { useGaussianDerivatives: true, sigma: [1.2, 3], mode: "mirror" },
      { useGaussianDerivatives: true, sigma: 2, cval: -0.7, order: "xy" },
      { useGaussianDerivatives: true, sigma: 0.3, mode: "reflect" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
    " of any size",
  ),
  ...["feature.hessianMatrixEigvals", "feature.structureTensorEigenvalues"].flatMap((operation) =>
    cases(operation, [{}], (random, dtype, size) => [[1, 2, 3].map(() => samples(random, dtype, size, 1))], "", [
      "float32",
      "float64",
    ]),
  ),
  ...cases(
    "feature.peakLocalMax",
    [
      {},
      { minDistance: 3, thresholdRel: 0.3 },
      { excludeBorder: false, numPeaks: 4 },
      { minDistance: 2, pNorm: 2, excludeBorder: [1, 0], thresholdAbs: 4 },
      { footprint: RAGGED, excludeBorder: 0 },
    ],
    (random, dtype, size) => [levels(random, dtype, size, -3, 30)],
  ),
  ...cases(
    "feature.structureTensor",
    [
      {},
      { sigma: 2, order: "xy", mode: "wrap" },
      { sigma: [0, 3], mode: "reflect" },
      { sigma: [0.7, 0], mode: "mirror" },
      { sigma: 1.5, mode: "nearest" },
      { cval: 0.7 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
];
