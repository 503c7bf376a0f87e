import { ImageError } from "../errors.ts";
import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type HistogramOption, readHistogram } from "./given-histogram.ts";
import { type HistogramThreshold, places, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdMinimum`. */
export interface ThresholdMinimumOptions extends DispatchOptions, HistogramOption {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
  /** How often the histogram is smoothed at most, at least once. Default 10000. */
  maxNumIter?: number;
}

const OPTIONS: readonly string[] = ["nbins", "hist", "maxNumIter"];

/** Levels that are smoothed at most: minutes of work beyond. */
const MAX_LEVELS = 1 << 20;

/** Checks the arguments of `filters.thresholdMinimum` and applies the defaults. */
export function resolveThresholdMinimum(
  image: ImageHeader,
  options?: ThresholdMinimumOptions,
): HistogramThreshold<number> {
  const operation = "filters.thresholdMinimum";
  const read = new OptionReader(operation, options, OPTIONS);
  const nbins = readBins(read);
  const maxNumIter = read.integer("maxNumIter", 10_000, 1);
  requireOneChannel(operation, image);
  return {
    operation,
    nbins,
    given: readHistogram(read),
    judge: (histogram, dtype) => minimum(histogram, dtype, maxNumIter),
  };
}

/**
 * The threshold at the valley between two peaks: scikit-image's `threshold_minimum`. Foreground is `> t`.
 *
 * The histogram is smoothed, three bins at a time, until it has two peaks only. J. M. S. Prewitt, M. L. Mendelsohn, "The
 * analysis of cell images", Annals of the New York Academy of Sciences 128 (1966).
 *
 * @param image one channel, any dtype. Levels of integers may lie 2²⁰ apart.
 * @returns a level between the extremes of an integer image, the centre of a bin for a float one.
 * @throws ImageError `ERR_IMAGE_VALUE` where the histogram does not come to have two peaks (a constant image among others),
 * or for a float image without one, as `thresholdOtsu`; `ERR_IMAGE_LIMIT` for levels further apart; `ERR_IMAGE_SHAPE` for
 * several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdMinimum: Operation<(image: Image, options?: ThresholdMinimumOptions) => number> = dispatchable(
  "filters.thresholdMinimum",
  { on: [0], optionNames: OPTIONS },
  function thresholdMinimum(image: Image, options?: ThresholdMinimumOptions): number {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdMinimum(image, options));
  },
);

/** The lowest bin between the two peaks of the smoothed histogram. */
function minimum(histogram: Histogram, dtype: DType, maxNumIter: number): number {
  const { counts, binCenters } = histogram;
  const place = places(histogram, dtype);
  const levels = place.at(-1)! + 1;
  if (levels > MAX_LEVELS && !dtype.startsWith("float")) {
    const problem = `levels go from ${binCenters[0]} to ${binCenters.at(-1)}; they may lie ${MAX_LEVELS} apart at most`;
    throw new ImageError("ERR_IMAGE_LIMIT", `filters.thresholdMinimum: ${problem}`);
  }
  let [smooth, spare] = [new Float32Array(levels), new Float32Array(levels)];
  counts.forEach((count, i) => (smooth[place[i]!] = count));
  let peaks: number[] = [];
  let smoothed = 0;
  while (smoothed < maxNumIter) {
    meansOfThree(smooth, spare);
    [smooth, spare] = [spare, smooth];
    smoothed++;
    peaks = localMaxima(smooth);
    if (peaks.length < 3) break;
  }
  const [first, second] = peaks;
  if (first === undefined || second === undefined || peaks.length > 2 || smoothed === maxNumIter) {
    const problem = `smoothed ${smoothed} times, the histogram has ${peaks.length} peaks; expected two, within maxNumIter ${maxNumIter}`;
    throw new ImageError("ERR_IMAGE_VALUE", `filters.thresholdMinimum: ${problem}`);
  }
  let lowest = first;
  for (let i = first; i <= second; i++) if (smooth[i]! < smooth[lowest]!) lowest = i;
  return dtype.startsWith("float") ? binCenters[lowest]! : binCenters[0]! + lowest;
}

/** SciPy's `uniform_filter1d` of size 3, whose running sum leaves its own rounding behind. */
function meansOfThree(bins: Float32Array, means: Float32Array): void {
  const last = bins.length - 1;
  let sum = bins[0]! + bins[0]! + bins[Math.min(1, last)]!;
  means[0] = sum / 3;
  for (let i = 1; i <= last; i++) {
    sum += bins[Math.min(i + 1, last)]! - bins[Math.max(i - 2, 0)]!;
    means[i] = sum / 3;
  }
}

/** Where the bins begin to fall after they rose. */
function localMaxima(bins: Float32Array): number[] {
  const peaks: number[] = [];
  let rising = true;
  for (let i = 0; i < bins.length - 1; i++) {
    if (rising && bins[i + 1]! < bins[i]!) {
      rising = false;
      peaks.push(i);
    } else if (!rising && bins[i + 1]! > bins[i]!) rising = true;
  }
  return peaks;
}
