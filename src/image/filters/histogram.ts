import { ImageError } from "../errors.ts";
import { type DType, dtypeOf, type Samples } from "../image.ts";

/** How many samples lie in each bin, and where the bins are. */
export interface Histogram {
  /** Samples per bin; whole numbers. */
  readonly counts: Float64Array;
  /** The value that stands for each bin, ascending. */
  readonly centers: Float64Array;
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
export function histogramOf(operation: string, data: Samples, nbins: number | null): Histogram {
  if (nbins === null) return levelHistogram(data);
  const first = data[0]!;
  if (data.every((sample: number) => sample === first)) {
    return { counts: Float64Array.of(data.length), centers: Float64Array.of(first) };
  }
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return levelHistogram(data);
  const histogram = floatHistogram(data, nbins);
  if (typeof histogram === "string") throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${histogram}`);
  return histogram;
}

/** One bin for every value that occurs; NaN does not count. */
export function levelHistogram(data: Samples): Histogram {
  // NaN comes last.
  const sorted = data.slice().sort();
  const levels: number[] = [];
  const counts: number[] = [];
  for (let start = 0, end = 0; start < sorted.length && !Number.isNaN(sorted[start]); start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    levels.push(sorted[start]!);
    counts.push(end - start);
  }
  return { counts: Float64Array.from(counts), centers: Float64Array.from(levels) };
}

/** The number of each bin among those that scikit-image lists, empty levels of integers included. */
export function places({ centers }: Histogram, dtype: DType): Float64Array {
  return dtype.startsWith("float") ? centers.map((_, i) => i) : centers.map((level) => level - centers[0]!);
}

/** Rounds to the dtype of the centres, in which scikit-image computes sums over bins. */
export function centerRounding(dtype: DType): (value: number) => number {
  return dtype === "float32" ? Math.fround : (value) => value;
}

/**
 * Equal bins between the least and the greatest sample, or one half to either side where all are equal:
 * `numpy.histogram` step by step, in the precision of
 * the samples: on a bin's edge the last bit decides where a sample falls.
 *
 * @returns the histogram, or what is wrong with the samples.
 */
export function floatHistogram(data: Float32Array | Float64Array, nbins: number): Histogram | string {
  const round = data instanceof Float32Array ? Math.fround : (value: number): number => value;
  let least = Infinity;
  let greatest = -Infinity;
  for (const sample of data) {
    if (!Number.isFinite(sample)) return `image holds ${sample}; expected finite samples`;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
  }
  if (least === greatest) [least, greatest] = [round(least - 0.5), round(greatest + 0.5)];
  const range = round(greatest - least);
  if (range === Infinity) {
    return `the range of the samples, ${least} to ${greatest}, is too wide for ${dtypeOf(data)}`;
  }
  const edges = binEdges(least, greatest, nbins, round);
  if (!edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)) {
    return `the range of the samples, ${least} to ${greatest}, is too narrow for ${nbins} distinct bins`;
  }

  const counts = new Float64Array(nbins);
  for (const sample of data) {
    let bin = Math.trunc(round(round(round(sample - least) / range) * nbins));
    if (bin === nbins) bin--;
    // The quotient may miss by one bin near an edge.
    if (sample < edges[bin]!) bin--;
    if (sample >= edges[bin + 1]! && bin !== nbins - 1) bin++;
    counts[bin] = counts[bin]! + 1;
  }
  const centers = Float64Array.from(counts, (_, i) => round(round(edges[i]! + edges[i + 1]!) / 2));
  return { counts, centers };
}

/** `numpy.linspace`: the `nbins + 1` edges, the last one exact. */
function binEdges(least: number, greatest: number, nbins: number, round: (value: number) => number): Float64Array {
  const range = round(greatest - least);
  const step = round(range / nbins);
  const offset = (i: number): number => (step === 0 ? round(round(i / nbins) * range) : round(i * step));
  return Float64Array.from({ length: nbins + 1 }, (_, i) => (i === nbins ? greatest : round(offset(i) + least)));
}
