import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { type Peak, PEAK_OPTIONS, type PeakOptions, readPeaks, type ResolvedPeaks } from "./peak-options.ts";
import { findPeaks } from "./peaks.ts";

/** Options of `feature.peakLocalMax`. */
export interface PeakLocalMaxOptions extends PeakOptions {}

/** Checks the arguments of `feature.peakLocalMax` and applies the defaults. */
export function resolvePeakLocalMax(image: ImageHeader, options?: PeakLocalMaxOptions): ResolvedPeaks {
  const operation = "feature.peakLocalMax";
  return readPeaks(operation, new OptionReader(operation, options, PEAK_OPTIONS), image);
}

/**
 * The peaks of an image: scikit-image's `peak_local_max`.
 *
 * A peak is above the threshold and not below any of its neighbours, so that all of a plateau may be peaks. Above a `minDistance` of 1
 * the greater of two that are nearer to each other is taken, of equal ones that in the upper row, then the left one. A flat image has no
 * peaks. Where a sample is NaN, a threshold is needed for there to be any.
 *
 * @param image one channel, any dtype.
 * @returns the peaks, the greatest first, equal ones row by row; with `labels` one region after the other by ascending label, unless
 * `numPeaks` leaves some out.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or labels of another size, `ERR_IMAGE_DTYPE` for labels that are floats,
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const peakLocalMax: Operation<(image: Image, options?: PeakLocalMaxOptions) => Peak[]> = dispatchable(
  "feature.peakLocalMax",
  { on: [0], optionNames: PEAK_OPTIONS },
  function peakLocalMax(image: Image, options?: PeakLocalMaxOptions): Peak[] {
    checkSamples(image);
    return findPeaks(image, resolvePeakLocalMax(image, options));
  },
);
