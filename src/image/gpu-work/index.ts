// What each operation has to do, for the choice between GPU and CPU.
import { colorWork } from "./color.ts";
import { exposureWork } from "./exposure.ts";
import { featureWork } from "./feature.ts";
import { filtersWork } from "./filters.ts";
import { measureWork } from "./measure.ts";
import { metricsWork } from "./metrics.ts";
import { morphologyWork } from "./morphology.ts";
import { segmentationWork } from "./segmentation.ts";
import { transformWork } from "./transform.ts";
import { utilWork } from "./util.ts";
import type { WorkOf } from "./work.ts";

export type { Work, WorkImage, WorkOptions } from "./work.ts";

/** The operations with known work, by name. */
export const WORK: ReadonlyMap<string, WorkOf> = new Map(
  Object.entries({
    ...colorWork,
    ...exposureWork,
    ...featureWork,
    ...filtersWork,
    ...measureWork,
    ...metricsWork,
    ...morphologyWork,
    ...segmentationWork,
    ...transformWork,
    ...utilWork,
  }),
);
