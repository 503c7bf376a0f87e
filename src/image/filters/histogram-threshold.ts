import type { DType, Image } from "../image.ts";
import type { OptionReader } from "../options.ts";
import { type Histogram, histogramOf } from "./histogram.ts";

/**
 * A threshold that depends on an image's histogram alone. Backends count, which is the work; the few hundred bins are
 * judged here for all of them.
 */
export interface HistogramThreshold<T> {
  /** The operation's name, for messages. */
  readonly operation: string;
  /** Bins for float images; `null`: one for every value, as integers have. */
  readonly nbins: number | null;
  /** The threshold, or thresholds, by the histogram of an image of that dtype. */
  readonly judge: (histogram: Histogram, dtype: DType) => T;
}

/** The number of bins for float images, from the options. */
export function readBins(read: OptionReader): number {
  return read.integer("nbins", 256, 2, 1 << 24);
}

/** The reference: counts and judges. */
export function thresholdOf<T>(image: Image, { operation, nbins, judge }: HistogramThreshold<T>): T {
  return judge(histogramOf(operation, image.data, nbins), image.dtype);
}

/** The place of the largest value, the first of several; NaN counts as the largest, as for NumPy. */
export function argmax(values: Iterable<number>): number {
  let [best, largest, i] = [0, -Infinity, 0];
  for (const value of values) {
    if (Number.isNaN(value)) return i;
    if (value > largest) [best, largest] = [i, value];
    i++;
  }
  return best;
}
