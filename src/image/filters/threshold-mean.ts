import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `filters.thresholdMean`: the dispatcher's only. */
export interface ThresholdMeanOptions extends DispatchOptions {}

/** Checks the arguments of `filters.thresholdMean`. */
export function resolveThresholdMean(image: ImageHeader, options?: ThresholdMeanOptions): void {
  refuseOptions("filters.thresholdMean", options);
  requireOneChannel("filters.thresholdMean", image);
}

/**
 * The mean of the samples: scikit-image's `threshold_mean`. Foreground is `> t`.
 *
 * @param image one channel, any dtype.
 * @returns the mean in the image's units, added up in 64 bits; NaN if a sample is NaN.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdMean: Operation<(image: Image, options?: ThresholdMeanOptions) => number> = dispatchable(
  "filters.thresholdMean",
  { on: [0] },
  function thresholdMean(image: Image, options?: ThresholdMeanOptions): number {
    checkSamples(image);
    resolveThresholdMean(image, options);
    let sum = 0;
    for (const sample of image.data) sum += sample;
    return sum / image.data.length;
  },
);
