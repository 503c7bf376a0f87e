import type { Histogram } from "../exposure/bins.ts";
import type { DType } from "../image.ts";
import { isFiniteNumber, type OptionReader } from "../options.ts";

/** Numbers in an array of any kind. */
export type NumberList =
  | readonly number[]
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** The option of thresholds that depend on a histogram alone. */
export interface HistogramOption {
  /**
   * A histogram to take instead of the image's, of which nothing is read then: counts, at least 0, of bins with centres 0, 1, 2…, or
   * `[counts, binCenters]` with ascending centres, as `exposure.histogram` gives them. Empty bins at both ends do not count.
   */
  hist?: NumberList | readonly [counts: NumberList, binCenters: NumberList] | null;
}

/** A histogram that the caller gave, without empty bins at its ends, and the dtype in which sums over its bins are computed. */
export interface GivenHistogram {
  readonly histogram: Histogram;
  readonly dtype: DType;
}

/** The option `hist`; `null` without one. */
export function readHistogram(read: OptionReader): GivenHistogram | null {
  const hist = read.value("hist") ?? null;
  if (hist === null) return null;
  const isPair = Array.isArray(hist) && hist.length === 2 && hist.every(isList);
  const [counts, binCenters] = (isPair ? hist : [hist, null]) as [unknown, unknown];
  const pixels = finiteNumbers(counts);
  const centers = binCenters === null ? pixels?.map((_, i) => i) : finiteNumbers(binCenters);
  if (!pixels || !centers || centers.length !== pixels.length || !isHistogram(pixels, centers)) {
    const expected =
      "counts of at least 0, some of them above, or [counts, binCenters] of one length, the centres ascending";
    throw read.invalid("hist", hist, expected);
  }
  const first = pixels.findIndex((count) => count > 0);
  const end = pixels.findLastIndex((count) => count > 0) + 1;
  const histogram = { counts: pixels.subarray(first, end), binCenters: centers.subarray(first, end) };
  return { histogram, dtype: binCenters instanceof Float32Array ? "float32" : "float64" };
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The numbers of a list as doubles; `null` for anything else. */
function finiteNumbers(value: unknown): Float64Array | null {
  if (!isList(value)) return null;
  const numbers: readonly unknown[] = Array.from(value as ArrayLike<unknown>);
  return numbers.every(isFiniteNumber) ? Float64Array.from(numbers) : null;
}

function isHistogram(counts: Float64Array, binCenters: Float64Array): boolean {
  const ascends = binCenters.every((center, i) => i === 0 || center > binCenters[i - 1]!);
  return ascends && counts.every((count) => count >= 0) && counts.some((count) => count > 0);
}
