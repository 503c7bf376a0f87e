import { addon } from "../../../addon.ts";
import type { HistogramThreshold } from "../../filters/histogram-threshold.ts";
import { resolveThresholdIsodata, thresholdIsodata } from "../../filters/threshold-isodata.ts";
import { resolveThresholdLi, thresholdLi } from "../../filters/threshold-li.ts";
import { resolveThresholdMean, thresholdMean } from "../../filters/threshold-mean.ts";
import { resolveThresholdMinimum, thresholdMinimum } from "../../filters/threshold-minimum.ts";
import { resolveThresholdMultiotsu, thresholdMultiotsu } from "../../filters/threshold-multiotsu.ts";
import { resolveThresholdOtsu, thresholdOtsu } from "../../filters/threshold-otsu.ts";
import { resolveThresholdTriangle, thresholdTriangle } from "../../filters/threshold-triangle.ts";
import { resolveThresholdYen, thresholdYen } from "../../filters/threshold-yen.ts";
import { checkSamples, type Image } from "../../image.ts";
import type { Operation } from "../../operation.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

native.implement(thresholdMean, (image, options) => {
  checkSamples(image);
  resolveThresholdMean(image, options);
  return callAddon("filters.thresholdMean", () => addon.cpuThresholdMean(image.data, image));
});

/** Counts here and judges as the reference does. */
function byHistogram<O, T>(
  threshold: Operation<(image: Image, options?: O) => T>,
  resolve: (image: Image, options?: O) => HistogramThreshold<T>,
): void {
  native.implement(threshold, (image: Image, options?: O) => {
    checkSamples(image);
    const { operation, nbins, judge } = resolve(image, options);
    return judge(
      callAddon(operation, () => addon.cpuHistogram(image.data, image, nbins)),
      image.dtype,
    );
  });
}

byHistogram(thresholdIsodata, resolveThresholdIsodata);
byHistogram(thresholdLi, resolveThresholdLi);
byHistogram(thresholdMinimum, resolveThresholdMinimum);
byHistogram(thresholdMultiotsu, resolveThresholdMultiotsu);
byHistogram(thresholdOtsu, resolveThresholdOtsu);
byHistogram(thresholdTriangle, resolveThresholdTriangle);
byHistogram(thresholdYen, resolveThresholdYen);
