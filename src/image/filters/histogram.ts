import { dtypeOf } from "../image.ts";

/** How many samples lie in each bin, and where the bins are. */
export interface Histogram {
  /** Samples per bin. */
  readonly counts: Float64Array;
  /** The value that stands for each bin, ascending. */
  readonly centers: Float64Array;
}

/**
 * One bin for every level that occurs.
 *
 * scikit-image also has the empty levels between the least and the greatest; they weigh nothing, and are left
 * out because 32-bit levels may lie four thousand million apart.
 */
export function integerHistogram(data: Uint8Array | Uint16Array | Int32Array): Histogram {
  const sorted = data.slice().sort();
  const levels: number[] = [];
  const counts: number[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    levels.push(sorted[start]!);
    counts.push(end - start);
  }
  return { counts: Float64Array.from(counts), centers: Float64Array.from(levels) };
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
