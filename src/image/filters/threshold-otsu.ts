import { ImageError } from "../errors.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { floatHistogram, type Histogram, integerHistogram } from "./histogram.ts";

/** Options of `filters.thresholdOtsu`. */
export interface ThresholdOtsuOptions extends DispatchOptions {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
}

/** What `filters.thresholdOtsu` is to do, checked and with defaults. */
export interface ResolvedThresholdOtsu {
  readonly nbins: number;
}

const OPTIONS: readonly string[] = ["nbins"];

/** Checks the arguments of `filters.thresholdOtsu` and applies the defaults. */
export function resolveThresholdOtsu(image: ImageHeader, options?: ThresholdOtsuOptions): ResolvedThresholdOtsu {
  const read = new OptionReader("filters.thresholdOtsu", options, OPTIONS);
  const nbins = read.integer("nbins", 256, 2, 1 << 24);
  requireOneChannel("filters.thresholdOtsu", image);
  return { nbins };
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
    const { nbins } = resolveThresholdOtsu(image, options);
    const { data } = image;
    const first = data[0]!;
    if (data.every((sample: number) => sample === first)) return first;
    if (data instanceof Float32Array || data instanceof Float64Array) {
      const histogram = floatHistogram(data, nbins);
      if (typeof histogram === "string") throw new ImageError("ERR_IMAGE_VALUE", `filters.thresholdOtsu: ${histogram}`);
      return otsu(histogram, data instanceof Float32Array ? Math.fround : (value) => value);
    }
    return otsu(integerHistogram(data), (value) => value);
  },
);

/**
 * The bin after which the variance between the classes is largest.
 *
 * @param round to the dtype in which scikit-image computes the means: that of the bin centres.
 */
export function otsu(histogram: Histogram, round: (value: number) => number): number {
  const { centers } = histogram;
  // scikit-image computes with counts in 32 bits.
  const counts = Float32Array.from(histogram.counts);
  const bins = counts.length;
  // For every bin the pixels and their sum, up to it (below) and from it on (above).
  const pixelsBelow = new Float32Array(bins);
  const pixelsAbove = new Float32Array(bins);
  const sumBelow = new Float64Array(bins);
  const sumAbove = new Float64Array(bins);
  for (let i = 0, j = bins - 1; i < bins; i++, j--) {
    pixelsBelow[i] = (pixelsBelow[i - 1] ?? 0) + counts[i]!;
    pixelsAbove[j] = (pixelsAbove[j + 1] ?? 0) + counts[j]!;
    sumBelow[i] = round((sumBelow[i - 1] ?? 0) + round(counts[i]! * centers[i]!));
    sumAbove[j] = round((sumAbove[j + 1] ?? 0) + round(counts[j]! * centers[j]!));
  }
  let best = 0;
  let largest = -Infinity;
  for (let i = 0; i < bins - 1; i++) {
    const meanBelow = round(sumBelow[i]! / pixelsBelow[i]!);
    const meanAbove = round(sumAbove[i + 1]! / pixelsAbove[i + 1]!);
    const distance = round(meanBelow - meanAbove);
    const pixels = Math.fround(pixelsBelow[i]! * pixelsAbove[i + 1]!);
    const variance = round(pixels * round(distance * distance));
    // An overflow makes NaN, which NumPy takes for the largest.
    if (Number.isNaN(variance)) return centers[i]!;
    if (variance > largest) [best, largest] = [i, variance];
  }
  return centers[best]!;
}
