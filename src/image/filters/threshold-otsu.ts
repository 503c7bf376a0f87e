import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type HistogramOption, readHistogram } from "./given-histogram.ts";
import { argmax, centerRounding, type HistogramThreshold, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdOtsu`. */
export interface ThresholdOtsuOptions extends DispatchOptions, HistogramOption {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
}

const OPTIONS: readonly string[] = ["nbins", "hist"];

/** Checks the arguments of `filters.thresholdOtsu` and applies the defaults. */
export function resolveThresholdOtsu(image: ImageHeader, options?: ThresholdOtsuOptions): HistogramThreshold<number> {
  const operation = "filters.thresholdOtsu";
  const read = new OptionReader(operation, options, OPTIONS);
  const nbins = readBins(read);
  requireOneChannel(operation, image);
  return { operation, nbins, given: readHistogram(read), judge: otsu };
}

/**
 * The threshold that parts an image best in two by Otsu's method: scikit-image's `threshold_otsu`. Foreground is `> t`.
 *
 * Of the largest between-class variances the first wins. The figure is scikit-image's to the last bit: counts
 * are 32-bit floats, and for `float32` images everything is.
 *
 * @param image one channel, any dtype.
 * @returns a level of an integer image, the centre of a bin for a float one; the value of a constant image.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image with NaN or infinite samples that are not all one
 * infinity, or with a range too narrow for `nbins` distinct bins or too wide for its dtype (NumPy's `histogram` refuses them
 * too); `ERR_IMAGE_SHAPE` for several
 * channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdOtsu: Operation<(image: Image, options?: ThresholdOtsuOptions) => number> = dispatchable(
  "filters.thresholdOtsu",
  { on: [0], optionNames: OPTIONS },
  function thresholdOtsu(image: Image, options?: ThresholdOtsuOptions): number {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdOtsu(image, options));
  },
);

/** The bin after which the variance between the classes is largest. */
function otsu({ counts, binCenters }: Histogram, dtype: DType): number {
  const round = centerRounding(dtype);
  const bins = counts.length;
  // For every bin the pixels and their sum, up to it (below) and from it on (above).
  const pixelsBelow = new Float32Array(bins);
  const pixelsAbove = new Float32Array(bins);
  const sumBelow = new Float64Array(bins);
  const sumAbove = new Float64Array(bins);
  let [pixels, sum] = [0, 0];
  for (let i = 0; i < bins; i++) {
    pixelsBelow[i] = pixels = Math.fround(pixels + Math.fround(counts[i]!));
    sumBelow[i] = sum = round(sum + round(Math.fround(counts[i]!) * binCenters[i]!));
  }
  [pixels, sum] = [0, 0];
  for (let i = bins - 1; i >= 0; i--) {
    pixelsAbove[i] = pixels = Math.fround(pixels + Math.fround(counts[i]!));
    sumAbove[i] = sum = round(sum + round(Math.fround(counts[i]!) * binCenters[i]!));
  }
  const variances = new Float64Array(bins - 1);
  for (let i = 0; i < bins - 1; i++) {
    const meanBelow = round(sumBelow[i]! / pixelsBelow[i]!);
    const meanAbove = round(sumAbove[i + 1]! / pixelsAbove[i + 1]!);
    const distance = round(meanBelow - meanAbove);
    const product = Math.fround(pixelsBelow[i]! * pixelsAbove[i + 1]!);
    // An overflow makes NaN, which NumPy takes for the largest.
    variances[i] = round(product * round(distance * distance));
  }
  return binCenters[argmax(variances)]!;
}
