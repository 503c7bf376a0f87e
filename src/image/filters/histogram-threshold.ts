import { ImageError } from "../errors.ts";
import { floatHistogram, type Histogram, levelHistogram } from "../exposure/bins.ts";
import type { DType, Image, Samples } from "../image.ts";
import type { OptionReader } from "../options.ts";
import type { GivenHistogram } from "./given-histogram.ts";

/**
 * A threshold that depends on an image's histogram alone. Backends count, which is the work; the few hundred bins are
 * judged here for all of them.
 */
export interface HistogramThreshold<T> {
  /** The operation's name, for messages. */
  readonly operation: string;
  /** Bins for float images; `null`: one for every value, as integers have. */
  readonly nbins: number | null;
  /** What the caller counted, and nobody need count then; `null` for the image's own histogram. */
  readonly given: GivenHistogram | null;
  /** The threshold, or thresholds, by the histogram of an image of that dtype. */
  readonly judge: (histogram: Histogram, dtype: DType) => T;
}

/** The number of bins for float images, from the options. */
export function readBins(read: OptionReader): number {
  return read.integer("nbins", 256, 2, 1 << 24);
}

/** The reference: counts and judges. */
export function thresholdOf<T>(image: Image, { operation, nbins, given, judge }: HistogramThreshold<T>): T {
  if (given) return judge(given.histogram, given.dtype);
  return judge(histogramOf(operation, image.data, nbins), image.dtype);
}

/**
 * The histogram of an image as scikit-image's thresholds see it: one bin for every level of integers, `nbins` equal
 * ones for floats, and a single one for an image of one value. Without `nbins` floats have levels too, and NaN does not count.
 *
 * scikit-image also has the empty levels between the least and the greatest; here they are left out because 32-bit
 * levels may lie four thousand million apart. {@link places} says how far apart bins are.
 *
 * @throws ImageError `ERR_IMAGE_VALUE` for float images with NaN, with infinite samples among others, or
 * with a range too narrow for `nbins` distinct bins or too wide for the dtype; NumPy's `histogram` refuses them too.
 */
function histogramOf(operation: string, data: Samples, nbins: number | null): Histogram {
  if (nbins === null) return levelHistogram(data);
  const first = data[0]!;
  if (data.every((sample: number) => sample === first)) {
    return { counts: Float64Array.of(data.length), binCenters: Float64Array.of(first) };
  }
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return levelHistogram(data);
  const histogram = floatHistogram(data, nbins);
  if (typeof histogram === "string") throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${histogram}`);
  return histogram;
}

/** The number of each bin among those that scikit-image lists, empty levels of integers included. */
export function places({ binCenters }: Histogram, dtype: DType): Float64Array {
  const isFloat = dtype.startsWith("float");
  const numbers = new Float64Array(binCenters.length);
  // Without `map`, which takes longer than the search for a threshold.
  for (let i = 0; i < numbers.length; i++) numbers[i] = isFloat ? i : binCenters[i]! - binCenters[0]!;
  return numbers;
}

/** Rounds to the dtype of the centres, in which scikit-image computes sums over bins. */
export function centerRounding(dtype: DType): (value: number) => number {
  return dtype === "float32" ? Math.fround : (value) => value;
}

/** The place of the largest value, the first of several; NaN counts as the largest, as for NumPy. */
export function argmax(values: ArrayLike<number>): number {
  let [best, largest] = [0, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return i;
    if (value > largest) [best, largest] = [i, value];
  }
  return best;
}
