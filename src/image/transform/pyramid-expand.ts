import { blurred } from "../filters/blur.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { rounded, scaled } from "../intensity.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { clipToRange } from "./interpolation.ts";
import { PYRAMID_OPTIONS, type PyramidOptions, type ResolvedPyramid, resolvePyramid } from "./pyramid-options.ts";
import { resampled } from "./resampling.ts";

/** Options of `transform.pyramidExpand`. */
export interface PyramidExpandOptions extends PyramidOptions {
  /** How many times larger, above 1. Default 2. */
  upscale?: number;
}

/** Checks the arguments of `transform.pyramidExpand` and applies the defaults. */
export function resolvePyramidExpand(image: ImageHeader, options?: PyramidExpandOptions): ResolvedPyramid {
  const side = (length: number, factor: number): number => Math.ceil(length * factor);
  return resolvePyramid("transform.pyramidExpand", image, options, { name: "upscale", side });
}

/**
 * An image made larger, then blurred: scikit-image's `pyramid_expand`, a step of Burt and Adelson's pyramid (1983).
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns sides times `upscale`, rounded up; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`,
 * `ERR_IMAGE_LIMIT` for 2³¹ samples or more, or a kernel radius above 65535.
 */
export const pyramidExpand: Operation<(image: Image, options?: PyramidExpandOptions) => Image> = dispatchable(
  "transform.pyramidExpand",
  { on: [0], optionNames: ["upscale", ...PYRAMID_OPTIONS] },
  function pyramidExpand(image: Image, options?: PyramidExpandOptions): Image {
    checkSamples(image);
    const resolved = resolvePyramidExpand(image, options);
    const { height, width, scale, dtype, mode, blurMode, cval } = resolved;
    const source = scaled(image, scale);
    const large = resampled(source, image, resolved, resolved);
    clipToRange(large, source, mode, cval);
    const geometry = { width, height, channels: image.channels };
    const smooth = blurred(large, geometry, resolved, blurMode, cval);
    return rounded(smooth, dtype, { ...geometry, alpha: image.alpha });
  },
);
