import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples } from "./images.ts";

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
];
