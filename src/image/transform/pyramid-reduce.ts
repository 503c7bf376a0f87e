import { blurred } from "../filters/blur.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { rounded, scaled } from "../intensity.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { clipToRange } from "./interpolation.ts";
import { PYRAMID_OPTIONS, type PyramidOptions, type ResolvedPyramid, resolvePyramid } from "./pyramid-options.ts";
import { resampled } from "./resampling.ts";

/** Options of `transform.pyramidReduce`. */
export interface PyramidReduceOptions extends PyramidOptions {
  /** How many times smaller, above 1. Default 2. */
  downscale?: number;
}

/** Checks the arguments of `transform.pyramidReduce` and applies the defaults. */
export function resolvePyramidReduce(image: ImageHeader, options?: PyramidReduceOptions): ResolvedPyramid {
  const side = (length: number, factor: number): number => Math.ceil(length / factor);
  return resolvePyramid("transform.pyramidReduce", image, options, { name: "downscale", side });
}

/**
 * An image blurred, then made smaller: scikit-image's `pyramid_reduce`, a step of Burt and Adelson's pyramid (1983).
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns sides divided by `downscale`, rounded up; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`,
 * `ERR_IMAGE_LIMIT` for a kernel radius above 65535.
 */
export const pyramidReduce: Operation<(image: Image, options?: PyramidReduceOptions) => Image> = dispatchable(
  "transform.pyramidReduce",
  { on: [0], optionNames: ["downscale", ...PYRAMID_OPTIONS] },
  function pyramidReduce(image: Image, options?: PyramidReduceOptions): Image {
    checkSamples(image);
    const resolved = resolvePyramidReduce(image, options);
    const { height, width, scale, dtype, mode, blurMode, cval } = resolved;
    const smooth = blurred(scaled(image, scale), image, resolved, blurMode, cval);
    const result = resampled(smooth, image, resolved, resolved);
    clipToRange(result, smooth, mode, cval);
    return rounded(result, dtype, { width, height, channels: image.channels, alpha: image.alpha });
  },
);
