import { colorRefusals } from "./color.ts";
import { exposureRefusals } from "./exposure.ts";
import { featureRefusals } from "./feature.ts";
import { filtersRefusals } from "./filters.ts";
import { imageRefusals } from "./image.ts";
import { measureRefusals } from "./measure.ts";
import { metricsRefusals } from "./metrics.ts";
import { morphologyRefusals } from "./morphology.ts";
import { segmentationRefusals } from "./segmentation.ts";
import { transformRefusals } from "./transform.ts";
import { utilRefusals } from "./util.ts";
import type { Refusal } from "./refusal.ts";

/** Calls that must be refused, of all modules. */
export const refusals: readonly Refusal[] = [
  ...colorRefusals,
  ...exposureRefusals,
  ...featureRefusals,
  ...filtersRefusals,
  ...imageRefusals,
  ...measureRefusals,
  ...metricsRefusals,
  ...morphologyRefusals,
  ...segmentationRefusals,
  ...transformRefusals,
  ...utilRefusals,
];
