import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { ONLY_OUT, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `util.imgAsFloat`: `out`, and the dispatcher's. */
export interface ImgAsFloatOptions extends OutOptions {}

/** What `util.imgAsFloat` is to do, checked. */
export interface ResolvedImgAsFloat {
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Checks the arguments of `util.imgAsFloat`. */
export function resolveImgAsFloat(image: ImageHeader, options?: ImgAsFloatOptions): ResolvedImgAsFloat {
  refuseOptions("util.imgAsFloat", options, ONLY_OUT);
  return { scale: INTENSITY_SCALE[image.dtype], dtype: floatDType(image.dtype) };
}

/**
 * An image of intensities: scikit-image's `img_as_float`.
 *
 * Unsigned integers are scaled to [0, 1], signed ones to [-1, 1]; floats stay as they are.
 *
 * @param image any dtype and channels.
 * @returns the same shape, samples of its own; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const imgAsFloat: Operation<(image: Image, options?: ImgAsFloatOptions) => Image> = dispatchable(
  "util.imgAsFloat",
  { on: [0], optionNames: ONLY_OUT },
  function imgAsFloat(image: Image, options?: ImgAsFloatOptions): Image {
    checkSamples(image);
    const { scale, dtype } = resolveImgAsFloat(image, options);
    return rounded(scaled(image, scale), dtype, image);
  },
);
