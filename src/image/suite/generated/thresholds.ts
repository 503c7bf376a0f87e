import { cases, type GeneratedCase } from "./cases.ts";
import { peaks, samples } from "./images.ts";

/** Cases of the thresholds of `filters`. */
export const thresholdCases: readonly GeneratedCase[] = [
  ...["thresholdIsodata", "thresholdOtsu", "thresholdTriangle", "thresholdYen"].flatMap((threshold) =>
    cases(`filters.${threshold}`, [{}, { nbins: 2 }, { nbins: 77 }], (random, dtype, size) => [
      samples(random, dtype, size, 1),
    ]),
  ),
  ...cases("filters.thresholdLi", [{}, { tolerance: 0.01 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...cases("filters.thresholdMean", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  // Whatever the size, two peaks, and as many values as classes.
  ...cases("filters.thresholdMinimum", [{}, { nbins: 40 }], (random, dtype) => [peaks(random, dtype)]),
  ...cases("filters.thresholdMultiotsu", [{}, { classes: 2 }, { classes: 4, nbins: 30 }], (random, dtype) => [
    peaks(random, dtype),
  ]),
];
