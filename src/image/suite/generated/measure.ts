import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples } from "./images.ts";

/** Properties of regions that take no more than boxes, extremes and sums. */
const SUMMED_UP: readonly string[] = [
  "label",
  "numPixels",
  "area",
  "areaBbox",
  "extent",
  "equivalentDiameterArea",
  "centroid",
  "centroidLocal",
  "inertiaTensor",
  "axisMajorLength",
  "axisMinorLength",
  "eccentricity",
  "intensityMin",
  "intensityMax",
  "intensityMean",
  "intensityStd",
  "centroidWeighted",
];

/** Cases of the operations of `measure`. */
export const measureCases: readonly GeneratedCase[] = [
  ...cases(
    "measure.blockReduce",
    [
      {},
      { func: "mean", blockSize: [3, 4] },
      { func: "median", blockSize: [5, 2], cval: 1 },
      { func: "min", blockSize: 4, cval: 1 },
      { func: "max", blockSize: [1, 30] },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases("measure.eulerNumber", [{}, { connectivity: 1 }], (random, dtype, size) => [
    levels(random, dtype, size, -1, 4),
  ]),
  ...cases(
    "measure.label",
    [{}, { connectivity: 1 }, { background: 1 }, { background: 7, connectivity: 1 }],
    (random, dtype, size) => [levels(random, dtype, size, -1, 3)],
  ),
  ...cases(
    "measure.label",
    [{ connectivity: 2 }, { connectivity: 1 }, { returnNum: true }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 2)],
    " mask",
  ),
  ...cases("measure.moments", [{}, { order: 5 }, { spacing: [0.3, 2] }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...cases(
    "measure.momentsCentral",
    [{}, { center: [3.5, -1], order: 2 }, { center: [3.5, -1], spacing: [0.3, 2] }, { spacing: 0.25 }],
    (random, dtype, size) => [levels(random, dtype, size, 1, 9)],
  ),
  ...cases("measure.momentsHu", [{}], (random, dtype, size) => [levels(random, dtype, size, 1, 9)]),
  ...cases("measure.perimeter", [{}, { neighborhood: 8 }], (random, dtype, size) => [
    levels(random, dtype, size, -1, 6),
  ]),
  ...cases(
    "measure.profileLine",
    [
      {},
      { linewidth: 3, order: 0, mode: "wrap" },
      { linewidth: 2, reduceFunc: null, mode: "constant", cval: 0.4 },
      { order: 2, mode: "constant", cval: 0.4 },
      { order: 5, mode: "nearest" },
    ],
    (random, dtype, size) => [
      samples(random, dtype, size, 1 + (size[1] % 4)),
      [-1.3, 0.4],
      [size[0] / 1.7, size[1] + 2.1],
    ],
  ),
  ...cases("measure.regionprops", [{}, { spacing: [0.3, 2], offset: [-3, 7] }], (random, dtype, size) => [
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
    [
      { properties: ["bbox", "orientation"], separator: "-part-" },
      { properties: ["centroid", "perimeter", "feretDiameterMax"], spacing: 0.25, offset: [3, -4] },
    ],
    (random, dtype, size) => [levels(random, dtype, size, 0, 7), null],
    " labels",
    ["uint8", "uint16", "int32"],
  ),
  ...cases(
    "measure.regionpropsTable",
    [{ properties: ["intensityMax", "intensityStd", "centroidWeighted", "momentsWeightedCentral"], spacing: [0.3, 2] }],
    (random, dtype, size) => [levels(random, "int32", size, -2, 9), samples(random, dtype, size, 1 + (size[1] % 4))],
    " channels",
  ),
  ...cases(
    "measure.regionpropsTable",
    [{ properties: SUMMED_UP, spacing: [0.3, 2], offset: [3, -4] }],
    (random, dtype, size) => [levels(random, "int32", size, -2, 9), samples(random, dtype, size, 1 + (size[1] % 3))],
    " summed up",
  ),
  ...cases("measure.shannonEntropy", [{}, { base: 10 }], (random, dtype, size) => [
    levels(random, dtype, size, -20, 300),
  ]),
  ...cases(
    "measure.shannonEntropy",
    [{}],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 3))],
    " of any samples",
  ),
];
