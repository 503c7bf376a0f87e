import { dtypeOf, type Samples } from "../image.ts";

/** How many samples lie in each bin, and where the bins are. */
export interface Histogram {
  /** Samples per bin, whole numbers; their shares of all samples where these are asked for. */
  readonly counts: Float64Array;
  /** The value that stands for each bin, ascending. */
  readonly binCenters: Float64Array;
}

/** The range of the samples, or that of their dtype, [-1, 1] for floats. */
export type SourceRange = "image" | "dtype";

/** The samples of one of several interleaved lists. */
export function listOf(data: Samples, lists: number, list: number): Samples {
  return data.filter((_, i) => i % lists === list);
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
  return { counts: Float64Array.from(counts), binCenters: Float64Array.from(levels) };
}

/** Equal bins: `numpy.histogram`. Gives what is wrong with the samples instead, as {@link binEdges} does. */
export function floatHistogram(data: Float32Array | Float64Array, nbins: number): Histogram | string {
  const edges = binEdges(data, nbins, "image");
  if (typeof edges === "string") return edges;
  return { counts: countsBetween(edges, data), binCenters: centersBetween(edges, data) };
}

/**
 * The `nbins + 1` edges of equal bins over the range of the samples, or one half to either side where all are equal, in the precision
 * of the samples: on an edge the last bit decides where a sample falls.
 *
 * @returns the edges, or what is wrong with the samples.
 */
export function binEdges(
  data: Float32Array | Float64Array,
  nbins: number,
  sourceRange: SourceRange,
): Float64Array | string {
  const round = rounding(data);
  // NumPy spreads numbers that are given in 64 bits.
  if (sourceRange === "dtype") return linspace(-1, 1, nbins, (value) => value).map(round);
  let least = Infinity;
  let greatest = -Infinity;
  for (const sample of data) {
    if (!Number.isFinite(sample)) return `image holds ${sample}; expected finite samples`;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
  }
  if (least === greatest) [least, greatest] = [round(least - 0.5), round(greatest + 0.5)];
  if (round(greatest - least) === Infinity) {
    return `the range of the samples, ${least} to ${greatest}, is too wide for ${dtypeOf(data)}`;
  }
  const edges = linspace(least, greatest, nbins, round);
  if (edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)) return edges;
  return `the range of the samples, ${least} to ${greatest}, is too narrow for ${nbins} distinct bins`;
}

/** Samples between one edge and the next, the last one included: `numpy.histogram` step by step. What lies beyond does not count. */
export function countsBetween(edges: Float64Array, data: Float32Array | Float64Array): Float64Array {
  const round = rounding(data);
  const nbins = edges.length - 1;
  const [least, greatest] = [edges[0]!, edges[nbins]!];
  const range = round(greatest - least);
  const counts = new Float64Array(nbins);
  for (const sample of data) {
    if (!(sample >= least && sample <= greatest)) continue;
    let bin = Math.trunc(round(round(round(sample - least) / range) * nbins));
    if (bin === nbins) bin--;
    // The quotient may miss by one bin near an edge.
    if (sample < edges[bin]!) bin--;
    if (sample >= edges[bin + 1]! && bin !== nbins - 1) bin++;
    counts[bin]!++;
  }
  return counts;
}

/** The middle between each edge and the next. */
export function centersBetween(edges: Float64Array, data: Float32Array | Float64Array): Float64Array {
  const round = rounding(data);
  return edges.subarray(1).map((edge, i) => round(round(edges[i]! + edge) / 2));
}

function rounding(data: Float32Array | Float64Array): (value: number) => number {
  return data instanceof Float32Array ? Math.fround : (value) => value;
}

/** `numpy.linspace`: `nbins + 1` numbers, the last one exact. */
function linspace(least: number, greatest: number, nbins: number, round: (value: number) => number): Float64Array {
  const range = round(greatest - least);
  const step = round(range / nbins);
  const offset = (i: number): number => (step === 0 ? round(round(i / nbins) * range) : round(i * step));
  return Float64Array.from({ length: nbins + 1 }, (_, i) => (i === nbins ? greatest : round(offset(i) + least)));
}
