import { type Border, SCIPY_BORDERS } from "../border.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { correlate, gaussianKernel, gaussianKernels } from "./blur.ts";
import { readWindowSize, type WindowSize } from "./window-size.ts";

/** Options of `filters.thresholdLocal`. */
export interface ThresholdLocalOptions extends OutOptions {
  /** Side of the window, odd, or one for rows and one for columns. Default 3. */
  blockSize?: number | readonly [rows: number, columns: number];
  /** How the window is averaged: weighed by a Gaussian (the default), or all alike. */
  method?: "gaussian" | "mean";
  /** What is taken from the average. Default 0. */
  offset?: number;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** Standard deviation for method `"gaussian"`, at least 0. Default, or `null`: a sixth of the window's side less one. */
  param?: number | null;
  /** The sample beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
}

/** What `filters.thresholdLocal` is to do, checked and with defaults. */
export interface ResolvedThresholdLocal {
  readonly method: "gaussian" | "mean";
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

const OPERATION = "filters.thresholdLocal";
const OPTIONS: readonly string[] = ["blockSize", "method", "offset", "mode", "param", "cval", "out"];

/** Checks the arguments of `filters.thresholdLocal` and applies the defaults. */
export function resolveThresholdLocal(image: ImageHeader, options?: ThresholdLocalOptions): ResolvedThresholdLocal {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const blockSize = readWindowSize(read, "blockSize", 3);
  const method = read.oneOf("method", "gaussian", ["gaussian", "mean"]);
  const offset = read.number("offset", 0);
  const mode = SCIPY_BORDERS[read.oneOf("mode", "reflect", Object.keys(SCIPY_BORDERS) as Border[])];
  const param = (read.value("param") ?? null) === null ? null : read.number("param", 0, 0);
  const cval = read.number("cval", 0);
  requireOneChannel(OPERATION, image);
  const deviations = blockSize.map((side) => param ?? (side - 1) / 6) as [number, number];
  // SciPy's kernels reach four standard deviations.
  const { sigma, radius } = gaussianKernels(OPERATION, deviations, 4);
  return { method, blockSize, sigma, radius, offset, mode, cval, dtype: floatDType(image.dtype) };
}

/**
 * A threshold for each pixel: the average of the window about it, less an offset; scikit-image's `threshold_local`. Also known as
 * adaptive thresholding.
 *
 * A NaN spreads as far as the window reaches.
 *
 * @param image one channel, any dtype.
 * @returns thresholds in the image's units, the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a Gaussian of radius above
 * 65535, `ERR_IMAGE_BUFFER`.
 */
export const thresholdLocal: Operation<(image: Image, options?: ThresholdLocalOptions) => Image> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function thresholdLocal(image: Image, options?: ThresholdLocalOptions): Image {
    checkSamples(image);
    const { method, blockSize, sigma, radius, offset, mode, cval, dtype } = resolveThresholdLocal(image, options);
    const { width, height } = image;
    const weights = (axis: 0 | 1): Float64Array =>
      method === "gaussian"
        ? gaussianKernel(sigma[axis], radius[axis])
        : new Float64Array(blockSize[axis]).fill(1 / blockSize[axis]);
    let average = scaled(image, 1);
    average = correlate(average, { lines: 1, length: height, samples: width }, weights(0), mode, cval);
    average = correlate(average, { lines: height, length: width, samples: 1 }, weights(1), mode, cval);
    return rounded(
      average.map((value) => value - offset),
      dtype,
      image,
    );
  },
);
