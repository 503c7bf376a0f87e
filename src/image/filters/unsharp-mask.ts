import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { blurred, type GaussianKernels, gaussianKernels, readChannelAxis, readSigma } from "./blur.ts";

/** Options of `filters.unsharpMask`. */
export interface UnsharpMaskOptions extends OutOptions {
  /** Standard deviation of the blur in pixels, or one for rows and one for columns. Default 1. */
  radius?: number | readonly [row: number, column: number];
  /** How much of the detail is added; below 0 it is taken away. Default 1. */
  amount?: number;
  /** Keep integer samples as they are instead of scaling them to [0, 1] or [-1, 1], and cut nothing off. Default false. */
  preserveRange?: boolean;
  /** 2 or -1: sharpen each channel by itself. An image of several channels needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What `filters.unsharpMask` is to do, checked and with defaults. */
export interface ResolvedUnsharpMask extends GaussianKernels {
  readonly amount: number;
  /** Whether results are cut to the range of intensities. */
  readonly clip: boolean;
  /** Factor from sample to intensity; 1 with `preserveRange`. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["radius", "amount", "preserveRange", "channelAxis", "out"];
/** Of the kernel, in standard deviations. */
const TRUNCATE = 4;

/** Checks the arguments of `filters.unsharpMask` and applies the defaults. */
export function resolveUnsharpMask(image: ImageHeader, options?: UnsharpMaskOptions): ResolvedUnsharpMask {
  const read = new OptionReader("filters.unsharpMask", options, OPTIONS);
  const sigma = readSigma(read, "radius");
  const amount = read.number("amount", 1);
  const preserveRange = read.boolean("preserveRange", false);
  readChannelAxis("filters.unsharpMask", read, image);
  const kernels = gaussianKernels("filters.unsharpMask", sigma, TRUNCATE);
  const scale = preserveRange ? 1 : INTENSITY_SCALE[image.dtype];
  return { ...kernels, amount, clip: !preserveRange, scale, dtype: floatDType(image.dtype) };
}

/**
 * An image with its details raised: scikit-image's `unsharp_mask`.
 *
 * The image and `amount` times its difference from itself blurred, as in `gaussian` with mode `"reflect"`. Unless
 * `preserveRange`, results are cut to [0, 1], or to [-1, 1] where any sample is below 0.
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT`
 * for a kernel radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const unsharpMask: Operation<(image: Image, options?: UnsharpMaskOptions) => Image> = dispatchable(
  "filters.unsharpMask",
  { on: [0], optionNames: OPTIONS },
  function unsharpMask(image: Image, options?: UnsharpMaskOptions): Image {
    checkSamples(image);
    const { amount, clip, scale, dtype, ...kernels } = resolveUnsharpMask(image, options);
    const source = scaled(image, scale);
    const smooth = blurred(source, image, kernels, "reflect", 0);
    const sharp = source.map((sample, i) => sample + (sample - smooth[i]!) * amount);
    if (!clip) return rounded(sharp, dtype, image);
    const least = source.some((sample) => sample < 0) ? -1 : 0;
    const cut = sharp.map((sample) => Math.min(Math.max(sample, least), 1));
    return rounded(cut, dtype, image);
  },
);
