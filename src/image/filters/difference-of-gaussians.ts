import { type Border, SCIPY_BORDERS } from "../border.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import {
  blurred,
  type GaussianKernels,
  gaussianKernels,
  readChannelAxis,
  readSigma,
  SIGMA,
  sigmaPair,
} from "./blur.ts";

/** Options of `filters.differenceOfGaussians`. */
export interface DifferenceOfGaussiansOptions extends OutOptions {
  /** Standard deviation of the wider kernel, or one for rows and one for columns; not below `lowSigma`. Default 1.6 times that. */
  highSigma?: number | readonly [row: number, column: number] | null;
  /** What lies beyond the edge. Default `"nearest"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
  /** The radius of the kernels in standard deviations. Default 4. */
  truncate?: number;
  /** 2 or -1: filter each channel by itself. An image of several channels needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What `filters.differenceOfGaussians` is to do, checked and with defaults. */
export interface ResolvedDifferenceOfGaussians {
  readonly low: GaussianKernels;
  readonly high: GaussianKernels;
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPERATION = "filters.differenceOfGaussians";
const OPTIONS: readonly string[] = ["highSigma", "mode", "cval", "truncate", "channelAxis", "out"];
/** D. Marr and E. Hildreth's ratio, for which the difference is nearest to a Laplacian of a Gaussian. */
const RATIO = 1.6;

/** Checks the arguments of `filters.differenceOfGaussians` and applies the defaults. */
export function resolveDifferenceOfGaussians(
  image: ImageHeader,
  lowSigma: unknown,
  options?: DifferenceOfGaussiansOptions,
): ResolvedDifferenceOfGaussians {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const low = sigmaPair(lowSigma);
  if (low === null) throw read.error(`lowSigma is ${display(lowSigma)}; expected ${SIGMA}`);
  const widened = [low[0] * RATIO, low[1] * RATIO] as const;
  const high = read.value("highSigma") === null ? widened : readSigma(read, "highSigma", widened);
  if (high[0] < low[0] || high[1] < low[1]) {
    throw read.invalid("highSigma", read.value("highSigma"), `at least lowSigma, ${display(lowSigma)}, for each axis`);
  }
  const truncate = read.number("truncate", 4, 0);
  const mode = read.oneOf("mode", "nearest", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  readChannelAxis(OPERATION, read, image);
  return {
    low: gaussianKernels(OPERATION, low, truncate),
    high: gaussianKernels(OPERATION, high, truncate),
    mode,
    cval,
    scale: INTENSITY_SCALE[image.dtype],
    dtype: floatDType(image.dtype),
  };
}

/**
 * What an image has between two scales: scikit-image's `difference_of_gaussians`.
 *
 * The image blurred by the narrower Gaussian less the image blurred by the wider one, both as in `gaussian`. With the default
 * ratio an approximation of the inverted Laplacian of a Gaussian (D. Marr and E. Hildreth, "Theory of edge detection", 1980).
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities.
 * @param lowSigma standard deviation of the narrower kernel in pixels, or one for rows and one for columns.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT`
 * for a kernel radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const differenceOfGaussians: Operation<
  (
    image: Image,
    lowSigma: number | readonly [row: number, column: number],
    options?: DifferenceOfGaussiansOptions,
  ) => Image
> = dispatchable(
  OPERATION,
  { on: [0], options: 2, optionNames: OPTIONS },
  function differenceOfGaussians(
    image: Image,
    lowSigma: number | readonly [row: number, column: number],
    options?: DifferenceOfGaussiansOptions,
  ): Image {
    checkSamples(image);
    const { low, high, mode, cval, scale, dtype } = resolveDifferenceOfGaussians(image, lowSigma, options);
    const source = scaled(image, scale);
    const wide = blurred(source, image, high, mode, cval);
    const difference = blurred(source, image, low, mode, cval).map((narrow, i) => narrow - wide[i]!);
    return rounded(difference, dtype, image);
  },
);
