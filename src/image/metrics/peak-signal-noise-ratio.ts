import { ImageError } from "../errors.ts";
import { type ImageHeader, requireAlike } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { compare, type ComparisonMetric, type Statistics } from "./comparison.ts";
import { DTYPE_RANGE, readDataRange } from "./data-range.ts";

/** Options of `metrics.peakSignalNoiseRatio`. */
export interface PeakSignalNoiseRatioOptions extends DispatchOptions {
  /**
   * From the least to the greatest value that is possible, above 0. Default, or `null`: the greatest value of the dtype (1 for
   * floats), or the dtype's whole range (2 for floats) where the true image has samples below 0.
   */
  dataRange?: number | null;
}

const OPTIONS: readonly string[] = ["dataRange"];

/** Checks the arguments of `metrics.peakSignalNoiseRatio` and applies the defaults. */
export function resolvePeakSignalNoiseRatio(
  imageTrue: ImageHeader,
  imageTest: ImageHeader,
  options?: PeakSignalNoiseRatioOptions,
): ComparisonMetric {
  const operation = "metrics.peakSignalNoiseRatio";
  const read = new OptionReader(operation, options, OPTIONS);
  const dataRange = readDataRange(read);
  requireAlike(operation, imageTrue, imageTest);
  const [lowest, highest] = DTYPE_RANGE[imageTrue.dtype];
  const rangeOf = (first: Statistics | null): number => {
    if (dataRange !== null) return dataRange;
    if (first === null) return highest;
    const { square, least, greatest } = first;
    // NaN is in no range, and so the answer.
    if (Number.isNaN(square)) return square;
    if (least < lowest || greatest > highest) {
      const problem = `samples go from ${least} to ${greatest}, beyond the range of ${imageTrue.dtype}, ${lowest} to ${highest}`;
      throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${problem}; pass dataRange`);
    }
    return least >= 0 ? highest : highest - lowest;
  };
  // Samples without sign lie in the range.
  const usesFirst = dataRange === null && lowest < 0;
  return { operation, usesFirst, judge: (error, first) => 10 * Math.log10(rangeOf(first) ** 2 / error) };
}

/**
 * The peak signal-to-noise ratio of an image, in decibels: scikit-image's `peak_signal_noise_ratio`.
 *
 * @param imageTrue any dtype and channels.
 * @param imageTest the same shape and dtype.
 * @returns 10 · log₁₀(range² / mean squared error); `Infinity` for images that are equal.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image with samples beyond -1 to 1 without `dataRange`; `ERR_IMAGE_SHAPE` and
 * `ERR_IMAGE_DTYPE` for images that differ in them, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const peakSignalNoiseRatio: Operation<
  (imageTrue: Image, imageTest: Image, options?: PeakSignalNoiseRatioOptions) => number
> = dispatchable(
  "metrics.peakSignalNoiseRatio",
  { on: [0, 1], optionNames: OPTIONS },
  function peakSignalNoiseRatio(imageTrue: Image, imageTest: Image, options?: PeakSignalNoiseRatioOptions): number {
    checkSamples(imageTrue);
    const metric = resolvePeakSignalNoiseRatio(imageTrue, imageTest, options);
    checkSamples(imageTest);
    return compare(metric, imageTrue.data, imageTest.data);
  },
);
