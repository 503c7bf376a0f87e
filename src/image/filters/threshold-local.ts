import { type Border, SCIPY_BORDERS } from "../border.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded, scaled } from "../intensity.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { correlate, gaussianKernel, gaussianKernels } from "./blur.ts";
import { windowFilter } from "./window-filter.ts";
import { readWindowSize, type WindowSize } from "./window-size.ts";

/** What a local threshold is made of. */
export type LocalMethod = "generic" | "gaussian" | "mean" | "median";

/** Options of `filters.thresholdLocal`. */
export interface ThresholdLocalOptions extends OutOptions {
  /** Side of the window, odd, or one for rows and one for columns. Default 3. */
  blockSize?: number | readonly [rows: number, columns: number];
  /** What is made of a window: its mean, weighed by a Gaussian (the default) or all alike, its median, or what the function `param` gives. */
  method?: LocalMethod;
  /** What is taken from that. Default 0. */
  offset?: number;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /**
   * Standard deviation for method `"gaussian"`, at least 0; default, or `null`: a sixth of the window's side less one. For method `"generic"` a
   * function of a window's samples, row by row, that gives a number.
   */
  param?: number | ((window: Float64Array) => number) | null;
  /** The sample beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
}

/** What `filters.thresholdLocal` is to do, checked and with defaults. */
export interface ResolvedThresholdLocal {
  readonly method: LocalMethod;
  /** What method `"generic"` makes of a window. */
  readonly reduce: (window: Float64Array) => number;
  readonly blockSize: WindowSize;
  /** Standard deviations of a Gaussian by axis. */
  readonly sigma: readonly [row: number, column: number];
  /** Its radii by axis. */
  readonly radius: readonly [row: number, column: number];
  readonly offset: number;
  readonly mode: Border;
  readonly cval: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Windows of more pixels are not gone through one by one. */
const MOST_CELLS = 2 ** 24;

const OPERATION = "filters.thresholdLocal";
const OPTIONS: readonly string[] = ["blockSize", "method", "offset", "mode", "param", "cval", "out"];

/** Checks the arguments of `filters.thresholdLocal` and applies the defaults. */
export function resolveThresholdLocal(image: ImageHeader, options?: ThresholdLocalOptions): ResolvedThresholdLocal {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const blockSize = readWindowSize(read, "blockSize", 3);
  const method = read.oneOf("method", "gaussian", ["generic", "gaussian", "mean", "median"]);
  const offset = read.number("offset", 0);
  const mode = read.oneOf("mode", "reflect", SCIPY_BORDERS);
  const reduce = method === "generic" ? readReduction(read) : median;
  const param = method === "generic" || (read.value("param") ?? null) === null ? null : read.number("param", 0, 0);
  const cval = read.number("cval", 0);
  requireOneChannel(OPERATION, image);
  const deviations = blockSize.map((side) => param ?? (side - 1) / 6) as [number, number];
  // SciPy's kernels reach four standard deviations.
  const { sigma, radius } = gaussianKernels(OPERATION, deviations, 4);
  const cells = blockSize[0] * blockSize[1];
  if ((method === "generic" || method === "median") && cells > MOST_CELLS) {
    const problem = `a window of ${blockSize.join(" × ")} pixels`;
    throw new ImageError("ERR_IMAGE_LIMIT", `${OPERATION}: ${problem}; at most ${MOST_CELLS} for method "${method}"`);
  }
  return { method, reduce, blockSize, sigma, radius, offset, mode, cval, dtype: floatDType(image.dtype) };
}

/** The function `param`. */
function readReduction(read: OptionReader): (window: Float64Array) => number {
  const param = read.value("param");
  if (typeof param !== "function") throw read.invalid("param", param, 'a function of a window for method "generic"');
  return (window) => {
    const threshold: unknown = param(window.slice());
    if (typeof threshold !== "number") throw read.error(`option param gives ${display(threshold)}; expected a number`);
    return threshold;
  };
}

/** The sample in the middle; NaN comes last. */
function median(window: Float64Array): number {
  return window.sort()[window.length >> 1]!;
}

/**
 * A threshold for each pixel: the average of the window about it, its median or a figure of one's own, less an offset; scikit-image's `threshold_local`. Also known as
 * adaptive thresholding.
 *
 * A NaN spreads as far as the window reaches; to the median it counts as greater than any number.
 *
 * @param image one channel, any dtype.
 * @returns thresholds in the image's units, the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a Gaussian of radius above
 * 65535 or a median of more than 2²⁴ pixels, `ERR_IMAGE_BUFFER`.
 */
export const thresholdLocal: Operation<(image: Image, options?: ThresholdLocalOptions) => Image> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function thresholdLocal(image: Image, options?: ThresholdLocalOptions): Image {
    checkSamples(image);
    const resolved = resolveThresholdLocal(image, options);
    const thresholds = thresholdsOf(scaled(image, 1), image, resolved);
    return rounded(
      thresholds.map((value) => value - resolved.offset),
      resolved.dtype,
      image,
    );
  },
);

function thresholdsOf(
  samples: Float64Array,
  image: ImageHeader,
  { method, reduce, blockSize, sigma, radius, mode, cval }: ResolvedThresholdLocal,
): Float64Array {
  if (method === "generic" || method === "median") {
    return windowFilter(samples, image, blockSize, { mode, cval }, reduce);
  }
  const { width, height } = image;
  const weights = (axis: 0 | 1): Float64Array =>
    method === "gaussian"
      ? gaussianKernel(sigma[axis], radius[axis])
      : new Float64Array(blockSize[axis]).fill(1 / blockSize[axis]);
  const down = correlate(samples, { lines: 1, length: height, samples: width }, weights(0), mode, cval);
  return correlate(down, { lines: height, length: width, samples: 1 }, weights(1), mode, cval);
}
