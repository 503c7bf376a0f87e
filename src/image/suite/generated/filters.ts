import { cases, type GeneratedCase } from "./cases.ts";
import { samples } from "./images.ts";

/** Cases of the operations of `filters`. */
export const filtersCases: readonly GeneratedCase[] = [
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
      { mode: "constant", cval: -0.3 },
      { mode: "mirror" },
      { mode: "wrap", axis: 0 },
      { mode: "nearest" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1)],
  ),
  ...cases("filters.thresholdOtsu", [{}, { nbins: 2 }, { nbins: 77 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
];
