import { ImageError } from "../errors.ts";
import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type HistogramOption, readHistogram } from "./given-histogram.ts";
import { centerRounding, type HistogramThreshold, places, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdIsodata`. */
export interface ThresholdIsodataOptions extends DispatchOptions, HistogramOption {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
  /** Give every threshold that fits, not only the least. Default false. */
  returnAll?: boolean;
}

type Least = (image: Image, options?: ThresholdIsodataOptions & { returnAll?: false }) => number;
type All = (image: Image, options: ThresholdIsodataOptions & { returnAll: true }) => number[];

/** `filters.thresholdIsodata`, by how many thresholds it is to give. */
export type ThresholdIsodata = Operation<All> & Operation<Least>;

const OPTIONS: readonly string[] = ["nbins", "returnAll", "hist"];

/** Checks the arguments of `filters.thresholdIsodata` and applies the defaults. */
export function resolveThresholdIsodata(
  image: ImageHeader,
  options?: ThresholdIsodataOptions,
): HistogramThreshold<number | number[]> {
  const operation = "filters.thresholdIsodata";
  const read = new OptionReader(operation, options, OPTIONS);
  const nbins = readBins(read);
  const returnAll = read.boolean("returnAll", false);
  const given = readHistogram(read);
  requireOneChannel(operation, image);
  const judge = (histogram: Histogram, dtype: DType): number | number[] => {
    const thresholds = isodata(histogram, dtype);
    if (returnAll) return [...thresholds];
    for (const least of thresholds) return least;
    const problem = "no bin lies midway between the means of the two classes";
    throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${problem}; pass other nbins`);
  };
  return { operation, nbins, given, judge };
}

/**
 * The threshold by the ISODATA or inter-means method: scikit-image's `threshold_isodata`. Foreground is `> t`.
 *
 * The least bin that lies midway, to less than a bin, between the mean of what is not above it and the mean of what is.
 * T. W. Ridler, S. Calvard, "Picture thresholding using an iterative selection method", IEEE Transactions on Systems, Man and
 * Cybernetics 8 (1978).
 *
 * @param image one channel, any dtype.
 * @returns a level between the extremes of an integer image, the centre of a bin for a float one; the value of a constant
 * image; with `returnAll` an array of all that fit, ascending.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image without a histogram, as `thresholdOtsu`, or where rounding leaves
 * no such bin; `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdIsodata: ThresholdIsodata = dispatchable<All & Least>(
  "filters.thresholdIsodata",
  { on: [0], optionNames: OPTIONS },
  function thresholdIsodata(image: Image, options?: ThresholdIsodataOptions) {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdIsodata(image, options));
  } as All & Least,
) as ThresholdIsodata;

/** The bins midway between the means of the two classes that they part, ascending. */
function* isodata(histogram: Histogram, dtype: DType): Generator<number> {
  const { counts, binCenters } = histogram;
  if (counts.length === 1) yield binCenters[0]!;
  const round = centerRounding(dtype);
  const place = places(histogram, dtype);
  // As in scikit-image, pixels are 32-bit floats, their sums have the dtype of the centres.
  const pixelsBelow = new Float32Array(counts.length);
  const sumBelow = new Float64Array(counts.length);
  let [pixels, sum] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    pixelsBelow[i] = pixels = Math.fround(pixels + Math.fround(counts[i]!));
    sumBelow[i] = sum = round(sum + round(Math.fround(counts[i]!) * binCenters[i]!));
  }
  const binWidth = dtype.startsWith("float") ? round(binCenters[1]! - binCenters[0]!) : 1;
  for (let i = 0; i < counts.length - 1; i++) {
    const lower = round(sumBelow[i]! / pixelsBelow[i]!);
    const higher = round(round(sum - sumBelow[i]!) / Math.fround(pixels - pixelsBelow[i]!));
    const midway = round(round(lower + higher) / 2);
    // The empty levels that follow part the pixels in the same way.
    const beyond = Math.floor(round(midway - binCenters[i]!) / binWidth);
    if (beyond >= 0 && beyond < place[i + 1]! - place[i]!) yield binCenters[i]! + beyond;
  }
}
