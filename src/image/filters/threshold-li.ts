import type { Histogram } from "../exposure/bins.ts";
import { lastNotAbove } from "../exposure/interpolation.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { centerRounding, type HistogramThreshold, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdLi`. */
export interface ThresholdLiOptions extends DispatchOptions {
  /**
   * The iteration ends when the threshold moves by no more than this, which is above 0. Default, or `null`: 0.5 for integers,
   * half the least difference between samples for floats.
   */
  tolerance?: number | null;
  /**
   * Where to begin, between the least and the greatest sample; or a function that says so, of finite samples, ascending: both less the
   * least sample, which it may give, and which is the threshold then. Default, or `null`: the mean.
   */
  initialGuess?: number | ((samples: Float64Array) => number) | null;
  /** Called with the threshold where the iteration begins, and after each step. Default, or `null`: nothing is. */
  iterCallback?: ((threshold: number) => unknown) | null;
}

const OPERATION = "filters.thresholdLi";
const OPTIONS: readonly string[] = ["tolerance", "initialGuess", "iterCallback"];

/** Checks the arguments of `filters.thresholdLi` and applies the defaults. */
export function resolveThresholdLi(image: ImageHeader, options?: ThresholdLiOptions): HistogramThreshold<number> {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const tolerance = read.value("tolerance") ?? null;
  if (tolerance !== null && !(isFiniteNumber(tolerance) && tolerance > 0)) {
    throw read.invalid("tolerance", tolerance, "a finite number above 0, or null");
  }
  const initialGuess = read.value("initialGuess") ?? null;
  if (initialGuess !== null && !isFiniteNumber(initialGuess) && typeof initialGuess !== "function") {
    throw read.invalid("initialGuess", initialGuess, "a finite number, a function, or null");
  }
  const iterCallback = read.value("iterCallback") ?? null;
  if (iterCallback !== null && typeof iterCallback !== "function") {
    throw read.invalid("iterCallback", iterCallback, "a function, or null");
  }
  requireOneChannel(OPERATION, image);
  return {
    operation: OPERATION,
    nbins: null,
    given: null,
    judge: (levels, dtype) => {
      const finite = finiteLevels(levels);
      if (typeof finite === "number") return finite;
      const begin = initialGuess === null ? null : offsetOf(initialGuess, finite, dtype, read);
      return li(finite, dtype, tolerance, begin, (threshold) => void iterCallback?.(threshold));
    },
  };
}

/** How far above the least sample a guess lies. */
function offsetOf(guess: number | Function, levels: Histogram, dtype: DType, read: OptionReader): number {
  const [least, greatest] = [levels.binCenters[0]!, levels.binCenters.at(-1)!];
  if (typeof guess === "number") {
    if (least < guess && guess < greatest) {
      // As in scikit-image a guess has the dtype of the samples.
      return dtype.startsWith("float") ? guess - least : Math.trunc(guess - least);
    }
    const expected = `a number between the samples' extremes, ${least} and ${greatest}`;
    throw read.invalid("initialGuess", guess, expected);
  }
  const offset: unknown = guess(samplesOf(levels));
  if (isFiniteNumber(offset) && 0 <= offset && offset < greatest - least) return offset;
  throw read.error(
    `option initialGuess gives ${display(offset)}; expected a number from 0 to below ${greatest - least}, the greatest sample less the least`,
  );
}

/** Every sample of a histogram less the least, ascending. */
function samplesOf({ counts, binCenters }: Histogram): Float64Array {
  const samples = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let from = 0;
  counts.forEach((count, i) => {
    samples.fill(binCenters[i]! - binCenters[0]!, from, from + count);
    from += count;
  });
  return samples;
}

/**
 * The threshold of minimum cross entropy, by Li's iteration: scikit-image's `threshold_li`. Foreground is `> t`.
 *
 * C. H. Li, P. K. S. Tam, "An iterative algorithm for minimum cross entropy thresholding", Pattern Recognition Letters 19
 * (1998). Computed in 64 bits. NaN and infinities do not count, except that an image of one value gives that value; 0 for an
 * image of both infinities alone, NaN for one of NaN.
 *
 * @param image one channel, any dtype.
 * @returns a number in the image's units, seldom a level.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, also for an `initialGuess` that is not between
 * the extremes of the image, `ERR_IMAGE_BUFFER`.
 */
export const thresholdLi: Operation<(image: Image, options?: ThresholdLiOptions) => number> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function thresholdLi(image: Image, options?: ThresholdLiOptions): number {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdLi(image, options));
  },
);

/** The levels without infinities, or the threshold where nothing is left to part. */
function finiteLevels({ counts, binCenters }: Histogram): Histogram | number {
  if (binCenters.length < 2) return binCenters[0] ?? Number.NaN;
  const from = binCenters[0] === -Infinity ? 1 : 0;
  const to = binCenters.at(-1) === Infinity ? binCenters.length - 1 : binCenters.length;
  if (to - from < 2) return binCenters.subarray(from, to)[0] ?? 0;
  return { counts: counts.subarray(from, to), binCenters: binCenters.subarray(from, to) };
}

/** Moves the threshold to the logarithmic mean of the means of both classes until it stays. */
function li(
  { counts, binCenters }: Histogram,
  dtype: DType,
  given: number | null,
  begin: number | null,
  report: (threshold: number) => void,
): number {
  // Logarithms need levels above 0: they are counted from the least.
  const least = binCenters[0]!;
  const pixels = new Float64Array(counts.length);
  const sums = new Float64Array(counts.length);
  const round = centerRounding(dtype);
  let [gap, previous, allPixels, allSums] = [Infinity, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const level = binCenters[i]! - least;
    pixels[i] = allPixels += counts[i]!;
    sums[i] = allSums += counts[i]! * level;
    // In the samples' own precision: the gaps between what remains apart after the subtraction.
    const step = round(round(level) - previous);
    if (step > 0) gap = Math.min(gap, step);
    previous = round(level);
  }
  const whole = !dtype.startsWith("float");
  const tolerance = given ?? (whole ? 0.5 : gap / 2);
  let next = begin ?? allSums / allPixels;
  report(next + least);
  let current = -Infinity;
  while (Math.abs(next - current) > tolerance) {
    current = next;
    const last = lastNotAbove(binCenters, current + least);
    const background = sums[last]! / pixels[last]!;
    const foreground = (allSums - sums[last]!) / (allPixels - pixels[last]!);
    if (background === 0) break;
    next = (background - foreground) / (Math.log(background) - Math.log(foreground));
    report(next + least);
  }
  return next + least;
}
