import { cases, type GeneratedCase } from "./cases.ts";
import { levels } from "./images.ts";

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
];
