import type { Image } from "../../image.ts";
import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples } from "./images.ts";

/** Two rows and four columns, of which three are in use: even, lopsided, with a gap. */
const LOPSIDED = [
  [1, 0, 1, 1],
  [0, 1, 0, 0],
];
const DISC = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((row, _, all) =>
  all.map((column) => (row * row + column * column <= 16 ? 1 : 0)),
);

/** Rows of ones. */
function rectangle(height: number, width: number): number[][] {
  return Array.from({ length: height }, () => Array.from({ length: width }, () => 1));
}

/** An image of which one pixel in thirty keeps its level, which may be 0. */
function rarelyZero(random: () => number, image: Image): Image {
  image.data.forEach((_, i) => {
    if (random() > 1 / 30) image.data[i] = 5;
  });
  return image;
}

/** Cases of the operations of `morphology`. */
export const morphologyCases: readonly GeneratedCase[] = [
  ...["morphology.erosion", "morphology.dilation"].flatMap((operation) =>
    cases(
      operation,
      [
        {},
        { footprint: LOPSIDED, mode: "wrap" },
        { footprint: rectangle(5, 5), mode: "constant", cval: 7 },
        { footprint: rectangle(1, 38), mode: "mirror" },
        { footprint: rectangle(19, 2), mode: "ignore" },
        { footprint: DISC, mode: "nearest" },
      ],
      (random, dtype, size) => [samples(random, dtype, size, 1)],
    ),
  ),
  ...["morphology.opening", "morphology.closing", "morphology.whiteTophat", "morphology.blackTophat"].flatMap(
    (operation) =>
      cases(operation, [{}, { footprint: LOPSIDED }, { footprint: DISC, mode: "ignore" }], (random, dtype, size) => [
        samples(random, dtype, size, 1),
      ]),
  ),
  ...cases(
    "morphology.removeSmallObjects",
    [{ maxSize: 3 }, { minSize: 3, connectivity: 2 }, { maxSize: 12 }],
    (random, dtype, size) => [levels(random, dtype, size, 0, dtype === "uint8" ? 2 : 9)],
    "",
    ["uint8", "uint16", "int32"],
  ),
  ...cases(
    "morphology.removeSmallHoles",
    [{ maxSize: 2 }, { areaThreshold: 4, connectivity: 2 }, {}],
    (random, dtype, size) => [levels(random, dtype, size, 0, 3)],
    "",
    ["uint8", "uint16", "int32"],
  ),
  ...cases(
    "morphology.convexHullImage",
    [{}, { includeBorders: false }, { offsetCoordinates: false }, { offsetCoordinates: false, includeBorders: false }],
    (random, dtype, size) => {
      const image = levels(random, dtype, size, 0, 2);
      // Few enough to leave a margin.
      image.data.forEach((_, i) => {
        if (random() < 0.8) image.data[i] = 0;
      });
      return [image];
    },
  ),
  ...cases(
    "morphology.distanceTransformEdt",
    [{}, { sampling: [0.7, 2] }, { returnIndices: true }, { returnDistances: false, returnIndices: true }],
    (random, dtype, size) => [rarelyZero(random, levels(random, dtype, size, 0, 3))],
  ),
];
