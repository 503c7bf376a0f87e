import { type DType, Image } from "../../image.ts";
import { cases, type GeneratedCase } from "./cases.ts";
import { dense, levels, samples } from "./images.ts";

const INTEGERS: readonly DType[] = ["uint8", "uint16", "int32"];

const EIGHT = [
  [1, 1, 1],
  [1, 0, 1],
  [1, 1, 1],
];

/** Keeps the labels up to 5, and makes the rest background. */
function sparse(labels: Image): Image {
  return new Image(
    labels.data.map((label: number) => (label > 5 ? 0 : label)),
    labels,
  );
}

/** Cases of the operations of `segmentation`. */
export const segmentationCases: readonly GeneratedCase[] = [
  ...cases("segmentation.clearBorder", [{}, { bgval: 3 }], (random, dtype, size) => [
    levels(random, dtype, size, -1, 4),
  ]),
  ...cases(
    "segmentation.expandLabels",
    [{}, { distance: 4.5 }, { distance: 1e9, spacing: [0.7, 2] }],
    (random, dtype, size) => [sparse(levels(random, dtype, size, 0, 60))],
    "",
    INTEGERS,
  ),
  ...cases(
    "segmentation.findBoundaries",
    [{}, { mode: "inner", connectivity: 2 }, { mode: "outer" }, { mode: "outer", connectivity: 2, background: 1 }],
    (random, dtype, size) => [levels(random, dtype, size, -1, 3)],
    "",
    INTEGERS,
  ),
  ...cases("segmentation.markBoundaries", [{}, { color: [0.2, 1, 0.5], mode: "thick" }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
    levels(random, "uint8", size, 0, 2),
  ]),
  ...cases(
    "segmentation.markBoundaries",
    [{ outlineColor: [0, 0, 0.7], mode: "inner", backgroundLabel: -1 }],
    (random, dtype, size) => [samples(random, dtype, size, 3), levels(random, "int32", size, -1, 2)],
    " rgb",
  ),
  ...cases(
    "segmentation.relabelSequential",
    [{}, { offset: 7 }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 250)],
    "",
    INTEGERS,
  ),
  ...cases(
    "segmentation.watershed",
    [{}, { connectivity: 2 }, { watershedLine: true }, { compactness: 1.5 }, { connectivity: EIGHT, offset: [1, 1] }],
    (random, dtype, size) => [levels(random, dtype, size, -2, 5), sparse(levels(random, "int32", size, 0, 60))],
  ),
  ...cases(
    "segmentation.watershed",
    [{}, { connectivity: 2 }],
    (random, dtype, size) => [dense(random, dtype, size, 1), sparse(levels(random, "int32", size, 0, 250))],
    " noise",
  ),
  ...cases(
    "segmentation.watershed",
    [{}, { connectivity: 2, watershedLine: true }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 4), null],
    " minima",
  ),
  ...cases(
    "segmentation.watershed",
    [{}, { watershedLine: true }],
    (random, dtype, size) => [levels(random, dtype, size, 0, 9), 7],
    " seeds",
  ),
];
