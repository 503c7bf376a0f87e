import { type Border, SCIPY_BORDERS } from "../border.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { blurred, type GaussianKernels, gaussianKernels, readChannelAxis, readSigma } from "./blur.ts";

/** Options of `filters.gaussian`. */
export interface GaussianOptions extends OutOptions {
  /** Standard deviation in pixels, or one for rows and one for columns; 0 leaves an axis alone. Default 1. */
  sigma?: number | readonly [row: number, column: number];
  /** What lies beyond the edge. Default `"nearest"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`, on the scale of the result. Default 0. */
  cval?: number;
  /** Keep integer samples as they are instead of scaling them to [0, 1] or [-1, 1]. Default false. */
  preserveRange?: boolean;
  /** The radius of the kernel in standard deviations. Default 4. */
  truncate?: number;
  /** 2 or -1: blur each channel by itself. An image of several channels needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What `filters.gaussian` is to do, checked and with defaults. */
export interface ResolvedGaussian extends GaussianKernels {
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity; 1 with `preserveRange`. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["sigma", "mode", "cval", "preserveRange", "truncate", "channelAxis", "out"];

/** Checks the arguments of `filters.gaussian` and applies the defaults. */
export function resolveGaussian(image: ImageHeader, options?: GaussianOptions): ResolvedGaussian {
  const read = new OptionReader("filters.gaussian", options, OPTIONS);
  const sigma = readSigma(read, "sigma");
  const truncate = read.number("truncate", 4, 0);
  const mode = read.oneOf("mode", "nearest", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  const preserveRange = read.boolean("preserveRange", false);
  readChannelAxis("filters.gaussian", read, image);
  const scale = preserveRange ? 1 : INTENSITY_SCALE[image.dtype];
  const kernels = gaussianKernels("filters.gaussian", sigma, truncate);
  return { ...kernels, mode, cval, scale, dtype: floatDType(image.dtype) };
}

/**
 * An image blurred by a Gaussian: scikit-image's `gaussian`, which is `scipy.ndimage.gaussian_filter`.
 *
 * One pass along rows' direction, one along columns', each with a sampled, normalised exponential of radius
 * ⌊truncate · sigma + ½⌋. A NaN spreads as far as the kernel reaches.
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT`
 * for a kernel radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const gaussian: Operation<(image: Image, options?: GaussianOptions) => Image> = dispatchable(
  "filters.gaussian",
  { on: [0], optionNames: OPTIONS },
  function gaussian(image: Image, options?: GaussianOptions): Image {
    checkSamples(image);
    const { mode, cval, scale, dtype, ...kernels } = resolveGaussian(image, options);
    return rounded(blurred(scaled(image, scale), image, kernels, mode, cval), dtype, image);
  },
);
