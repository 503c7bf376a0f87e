import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples } from "./images.ts";

/** Cases of the operations of `measure`. */
export const measureCases: readonly GeneratedCase[] = [
  ...cases(
    "measure.label",
    [{}, { connectivity: 1 }, { background: 1 }, { background: 7, connectivity: 1 }],
    (random, dtype, size) => [levels(random, dtype, size, -1, 3)],
  ),
  ...cases(
    "measure.label",
    [{ connectivity: 2 }, { connectivity: 1 }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 2)],
    " mask",
  ),
  ...cases("measure.moments", [{}, { order: 5 }], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  ...cases("measure.momentsCentral", [{}, { center: [3.5, -1], order: 2 }], (random, dtype, size) => [
    levels(random, dtype, size, 1, 9),
  ]),
  ...cases("measure.momentsHu", [{}], (random, dtype, size) => [levels(random, dtype, size, 1, 9)]),
  ...cases("measure.regionprops", [{}], (random, dtype, size) => [
    levels(random, "int32", size, -2, 9),
    samples(random, dtype, size, 1),
  ]),
  ...cases(
    "measure.regionpropsTable",
    [{}, { properties: ["label", "centroid", "area", "intensityMean", "intensityStd", "momentsWeighted"] }],
    (random, dtype, size) => [levels(random, "uint16", size, 0, 900), samples(random, dtype, size, 1)],
  ),
  ...cases(
    "measure.regionpropsTable",
    [{ properties: ["bbox", "orientation"], separator: "-part-" }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 7), null],
    " labels",
    ["uint8", "uint16", "int32"],
  ),
];
