import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { INTEGER_LIMITS } from "../sample-range.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { binEdges, centersBetween, countsBetween, type Histogram, listOf, type SourceRange } from "./bins.ts";
import { extremesOf } from "./extremes.ts";

/** Options of `exposure.histogram`. */
export interface HistogramOptions extends DispatchOptions {
  /** Bins for float images, from 1 to 2²⁴; integer images have one bin per level. Default 256. */
  nbins?: number;
  /** What the bins cover: the range of the samples, or that of their dtype, [-1, 1] for floats. Default `"image"`. */
  sourceRange?: SourceRange;
  /** Give shares that sum to 1 instead of counts. Default false. */
  normalize?: boolean;
  /** 2 or -1: count each channel by itself, in the same bins. Default `null`: all together. */
  channelAxis?: 2 | -1 | null;
}

/** What `exposure.histogram` is to do, checked and with defaults. */
export interface ResolvedHistogram {
  readonly nbins: number;
  readonly sourceRange: SourceRange;
  readonly normalize: boolean;
  /** Channels to be told apart; 1 where all are counted together. */
  readonly lists: number;
}

const OPTIONS: readonly string[] = ["nbins", "sourceRange", "normalize", "channelAxis"];

/** The most bins that are listed. */
const MOST_BINS = 1 << 24;

/** Checks the arguments of `exposure.histogram` and applies the defaults. */
export function resolveHistogram(image: ImageHeader, options?: HistogramOptions): ResolvedHistogram {
  const read = new OptionReader("exposure.histogram", options, OPTIONS);
  const nbins = read.integer("nbins", 256, 1, MOST_BINS);
  const sourceRange = read.oneOf("sourceRange", "image", ["image", "dtype"]);
  const normalize = read.boolean("normalize", false);
  const lists = read.oneOf("channelAxis", null, [2, -1, null]) === null ? 1 : image.channels;
  return { nbins, sourceRange, normalize, lists };
}

/**
 * How often the levels of an image occur: scikit-image's `histogram`.
 *
 * Integers have one bin for every level from the least to the greatest, whether it occurs or not, floats `nbins` equal ones. In the range of the
 * dtype, floats beyond [-1, 1] and NaN are not counted.
 *
 * @param image any dtype and channels.
 * @returns `counts` and `binCenters`, the values in the middle of the bins. With `channelAxis` the counts are those of the first channel, then those of the
 * second and so on, `binCenters.length` of each.
 * @throws ImageError `ERR_IMAGE_LIMIT` for more than 2²⁴ levels; `ERR_IMAGE_VALUE` for floats whose range is asked for: with NaN or infinite samples, or a
 * range too narrow for `nbins` distinct bins or too wide for the dtype; `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const histogram: Operation<(image: Image, options?: HistogramOptions) => Histogram> = dispatchable(
  "exposure.histogram",
  { on: [0], optionNames: OPTIONS },
  function histogram(image: Image, options?: HistogramOptions): Histogram {
    checkSamples(image);
    const resolved = resolveHistogram(image, options);
    return normalized(counted(image, resolved), resolved);
  },
);

/** Shares instead of counts where these are asked for, by whatever backend they were counted. */
export function normalized(found: Histogram, { normalize, lists }: ResolvedHistogram): Histogram {
  if (!normalize) return found;
  const { counts, binCenters } = found;
  const bins = binCenters.length;
  const shares = new Float64Array(counts.length);
  for (let list = 0; list < lists; list++) {
    const own = counts.subarray(list * bins, (list + 1) * bins);
    const total = own.reduce((sum, count) => sum + count, 0);
    shares.set(
      own.map((count) => count / total),
      list * bins,
    );
  }
  return { counts: shares, binCenters };
}

/** The levels that have bins: those between the extremes, or all of the dtype. */
export function listedLevels(
  dtype: DType,
  extremes: readonly [number, number] | null,
): { readonly least: number; readonly bins: number } {
  const [least, greatest] = extremes ?? INTEGER_LIMITS[dtype]!;
  const bins = greatest - least + 1;
  if (bins <= MOST_BINS) return { least, bins };
  const problem = `levels from ${least} to ${greatest} would have ${bins} bins; expected at most ${MOST_BINS}`;
  throw new ImageError("ERR_IMAGE_LIMIT", `exposure.histogram: ${problem}`);
}

function counted(image: Image, { nbins, sourceRange, lists }: ResolvedHistogram): Histogram {
  const { data } = image;
  const channels = Array.from({ length: lists }, (_, list) => listOf(data, lists, list));
  if (data instanceof Float32Array || data instanceof Float64Array) {
    const edges = binEdges(data, nbins, sourceRange);
    if (typeof edges === "string") throw new ImageError("ERR_IMAGE_VALUE", `exposure.histogram: ${edges}`);
    const counts = channels.map((own) => countsBetween(edges, own as typeof data));
    return { counts: joined(counts), binCenters: centersBetween(edges, data) };
  }
  const { least, bins } = listedLevels(image.dtype, sourceRange === "image" ? extremesOf(data) : null);
  const counts = channels.map((own) => {
    const table = new Float64Array(bins);
    for (const level of own) table[level - least]!++;
    return table;
  });
  return { counts: joined(counts), binCenters: levelsFrom(least, bins) };
}

/** The centres of the bins of so many levels. */
export function levelsFrom(least: number, bins: number): Float64Array {
  return new Float64Array(bins).map((_, i) => least + i);
}

function joined(lists: readonly Float64Array[]): Float64Array {
  const [{ length }] = lists as [Float64Array];
  const all = new Float64Array(length * lists.length);
  for (const [i, list] of lists.entries()) all.set(list, i * length);
  return all;
}
