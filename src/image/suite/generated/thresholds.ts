import { cases, type GeneratedCase } from "./cases.ts";
import { peaks, samples } from "./images.ts";

/** Cases of the thresholds of `filters`. */
export const thresholdCases: readonly GeneratedCase[] = [
  ...["thresholdIsodata", "thresholdOtsu", "thresholdTriangle", "thresholdYen"].flatMap((threshold) =>
    cases(`filters.${threshold}`, [{}, { nbins: 2 }, { nbins: 77 }], (random, dtype, size) => [
      samples(random, dtype, size, 1),
    ]),
  ),
  ...cases("filters.thresholdIsodata", [{ returnAll: true }, { returnAll: true, nbins: 9 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...["thresholdIsodata", "thresholdMinimum", "thresholdMultiotsu", "thresholdOtsu", "thresholdYen"].flatMap(
    (threshold) =>
      cases(`filters.${threshold}`, [{ hist: [0, 3, 40, 7, 0, 2, 9, 30, 4, 0] }], (random, dtype, size) => [
        samples(random, dtype, size, 1),
      ]),
  ),
  ...cases("filters.thresholdLi", [{}, { tolerance: 0.01 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...cases(
    "filters.thresholdLocal",
    [
      { blockSize: 3, offset: 0.1 },
      { blockSize: [1, 15] },
      { blockSize: 7, param: 2, mode: "wrap" },
      { blockSize: 5, method: "mean" },
      { blockSize: [9, 1], method: "mean", mode: "constant", cval: 0.7 },
      { blockSize: 35, method: "mean", mode: "mirror" },
      { blockSize: [5, 9], method: "median", offset: 0.2 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases("filters.thresholdMean", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  ...["thresholdNiblack", "thresholdSauvola"].flatMap((threshold) =>
    cases(
      `filters.${threshold}`,
      [{ windowSize: 3 }, { windowSize: [15, 3], k: -0.5 }, { windowSize: [5, 41], k: 2 }, { windowSize: [51, 3] }],
      (random, dtype, size) => [samples(random, dtype, size, 1)],
    ),
  ),
  // Whatever the size, two peaks, and as many values as classes.
  ...cases("filters.thresholdMinimum", [{}, { nbins: 40 }], (random, dtype) => [peaks(random, dtype)]),
  ...cases("filters.thresholdMultiotsu", [{}, { classes: 2 }, { classes: 4, nbins: 30 }], (random, dtype) => [
    peaks(random, dtype),
  ]),
];
