/** What is measured: a row for each function of the library, and how its peers do the same. */
import type { Case } from "../case.ts";
import { COLOR } from "./color.ts";
import { EXPOSURE } from "./exposure.ts";
import { FEATURE } from "./feature.ts";
import { FILTERS } from "./filters.ts";
import { MEASURE } from "./measure.ts";
import { METRICS } from "./metrics.ts";
import { MORPHOLOGY } from "./morphology.ts";
import { SEGMENTATION } from "./segmentation.ts";
import { THRESHOLDS } from "./thresholds.ts";
import { TRANSFORM } from "./transform.ts";
import { UTIL } from "./util.ts";

export const CASES: readonly Case[] = [
  ...COLOR,
  ...EXPOSURE,
  ...FEATURE,
  ...FILTERS,
  ...THRESHOLDS,
  ...MEASURE,
  ...METRICS,
  ...MORPHOLOGY,
  ...SEGMENTATION,
  ...TRANSFORM,
  ...UTIL,
];

/** Functions without a row, each with the reason. */
export const WITHOUT_ROW: Readonly<Record<string, string>> = {
  "transform.integrate": "sums of four samples each: there is no pass over an image to measure",
};
