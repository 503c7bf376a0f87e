import { ImageError } from "../errors.ts";
import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type HistogramOption, readHistogram } from "./given-histogram.ts";
import { type HistogramThreshold, places, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdMultiotsu`. */
export interface ThresholdMultiotsuOptions extends DispatchOptions, HistogramOption {
  /** Into how many classes the image is parted, at least 2. Default 3. */
  classes?: number;
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
}

/** What `filters.thresholdMultiotsu` is to do, checked and with defaults. */
export interface ResolvedThresholdMultiotsu extends HistogramThreshold<number[]> {
  readonly classes: number;
  readonly nbins: number;
}

const OPTIONS: readonly string[] = ["classes", "nbins", "hist"];

/** Sets of thresholds that are compared at most: about a minute of work. */
const MAX_SETS = 2 ** 32;

/** Checks the arguments of `filters.thresholdMultiotsu` and applies the defaults. */
export function resolveThresholdMultiotsu(
  image: ImageHeader,
  options?: ThresholdMultiotsuOptions,
): ResolvedThresholdMultiotsu {
  const operation = "filters.thresholdMultiotsu";
  const read = new OptionReader(operation, options, OPTIONS);
  const classes = read.integer("classes", 3, 2, 256);
  const nbins = readBins(read);
  const given = readHistogram(read);
  requireOneChannel(operation, image);
  const judge = (histogram: Histogram, dtype: DType): number[] => multiotsu(histogram, dtype, classes, given !== null);
  return { operation, classes, nbins, given, judge };
}

/**
 * The thresholds that part an image best in several classes: scikit-image's `threshold_multiotsu`.
 *
 * All sets of thresholds are compared, n to the power of `classes - 1` of them for n bins; of the largest between-class
 * variances the first wins. Everything is computed in 32-bit floats, as in scikit-image. P.-S. Liao, T.-S. Chen, P.-C. Chung, "A
 * fast algorithm for multilevel thresholding", Journal of Information Science and Engineering 17 (2001).
 *
 * @param image one channel, any dtype.
 * @returns `classes - 1` thresholds, ascending: levels of an integer image, centres of bins for a float one. A class is what is
 * above one threshold and not above the next.
 * @throws ImageError `ERR_IMAGE_VALUE` for an image with fewer values than `classes` (after they were put into bins), or a float
 * image without a histogram, as `thresholdOtsu`; `ERR_IMAGE_LIMIT` for more than 2³² sets of thresholds; `ERR_IMAGE_SHAPE` for
 * several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdMultiotsu: Operation<(image: Image, options?: ThresholdMultiotsuOptions) => number[]> =
  dispatchable(
    "filters.thresholdMultiotsu",
    { on: [0], optionNames: OPTIONS },
    function thresholdMultiotsu(image: Image, options?: ThresholdMultiotsuOptions): number[] {
      checkSamples(image);
      return thresholdOf(image, resolveThresholdMultiotsu(image, options));
    },
  );

/**
 * The bins after which the classes end.
 *
 * @param asCounted whether counts stay as they are; else they become shares.
 */
function multiotsu(histogram: Histogram, dtype: DType, classes: number, asCounted: boolean): number[] {
  // Empty bins belong to the class before them: a threshold there is no better, and comes later.
  const place = places(histogram, dtype).filter((_, i) => histogram.counts[i]! > 0);
  const binCenters = histogram.binCenters.filter((_, i) => histogram.counts[i]! > 0);
  const counts = histogram.counts.filter((count) => count > 0);
  if (counts.length < classes) {
    const problem = `image has ${counts.length} different values in its histogram; ${classes} classes need as many`;
    throw new ImageError("ERR_IMAGE_VALUE", `filters.thresholdMultiotsu: ${problem}`);
  }
  if (counts.length === classes) return [...binCenters.subarray(0, -1)];
  let sets = 1;
  for (let i = 1; i < classes; i++) sets *= (counts.length - i) / i;
  if (sets > MAX_SETS) {
    const problem = `${counts.length} values and ${classes} classes make ${sets.toPrecision(3)} sets of thresholds`;
    throw new ImageError("ERR_IMAGE_LIMIT", `filters.thresholdMultiotsu: ${problem}; at most ${MAX_SETS} are compared`);
  }
  // scikit-image gives the first bin by itself no variance: a class of it alone takes in the empty one that follows.
  const second = dtype.startsWith("float") ? histogram.binCenters[1]! : binCenters[0]! + 1;
  const hasGap = place[1]! > 1;
  const variance = varianceTable(counts, place, asCounted);
  const lowest = Float32Array.from(counts, (_, to) => variance(0, to));
  if (!hasGap) lowest[0] = 0;
  const best = bestSet(lowest, variance, classes - 1);
  return best.map((bin) => (bin === 0 && hasGap ? second : binCenters[bin]!));
}

/**
 * What a class adds to the between-class variance, for classes of bins `from` to `to`; less a term that is the same for all
 * sets: the square of its first moment by its zeroth.
 */
function varianceTable(
  counts: Float64Array,
  place: Float64Array,
  asCounted: boolean,
): (from: number, to: number) => number {
  const { fround } = Math;
  const pixels = asCounted ? 1 : counts.reduce((sum, count) => sum + count, 0);
  // Moments of the bins before each; scikit-image counts the first bin as if it were the second.
  const zeroth = new Float32Array(counts.length + 1);
  const first = new Float32Array(counts.length + 1);
  counts.forEach((count, i) => {
    const share = fround(count / pixels);
    zeroth[i + 1] = zeroth[i]! + share;
    first[i + 1] = first[i]! + fround(fround(Math.max(place[i]!, i === 0 ? 1 : 0)) * share);
  });
  return (from, to) => {
    const moment = fround(first[to + 1]! - first[from]!);
    return fround(fround(moment * moment) / fround(zeroth[to + 1]! - zeroth[from]!));
  };
}

/**
 * The ascending set of `size` bins with the largest sum, the first of several.
 *
 * @param lowest what the lowest class adds, by the bin that it ends with.
 */
function bestSet(lowest: Float32Array, variance: (from: number, to: number) => number, size: number): number[] {
  const { fround } = Math;
  const bins = lowest.length;
  const highest = Float32Array.from(lowest, (_, bin) => (bin < bins - 1 ? variance(bin + 1, bins - 1) : 0));
  const set: number[] = [];
  let best: number[] = [];
  let largest = 0;
  const extend = (from: number): void => {
    if (set.length < size) {
      for (let bin = from; bin < bins - size + set.length; bin++) {
        set.push(bin);
        extend(bin + 1);
        set.pop();
      }
      return;
    }
    // The outer classes first, as scikit-image adds them up.
    let sum = fround(lowest[set[0]!]! + highest[set[size - 1]!]!);
    for (let i = 1; i < size; i++) sum = fround(sum + variance(set[i - 1]! + 1, set[i]!));
    if (sum > largest) [best, largest] = [[...set], sum];
  };
  extend(0);
  return best;
}
