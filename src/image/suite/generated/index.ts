// The same cases at every run, for all operations.
import type { GeneratedCase } from "./cases.ts";
import { colorCases } from "./color.ts";
import { exposureCases } from "./exposure.ts";
import { featureCases } from "./feature.ts";
import { filtersCases } from "./filters.ts";
import { measureCases } from "./measure.ts";
import { metricsCases } from "./metrics.ts";
import { morphologyCases } from "./morphology.ts";
import { segmentationCases } from "./segmentation.ts";
import { thresholdCases } from "./thresholds.ts";
import { transformCases } from "./transform.ts";
import { utilCases } from "./util.ts";

export type { GeneratedCase } from "./cases.ts";

/** Options × dtypes, for all operations. */
export const generatedCases: readonly GeneratedCase[] = [
  ...colorCases,
  ...exposureCases,
  ...featureCases,
  ...filtersCases,
  ...measureCases,
  ...metricsCases,
  ...morphologyCases,
  ...segmentationCases,
  ...thresholdCases,
  ...transformCases,
  ...utilCases,
];
