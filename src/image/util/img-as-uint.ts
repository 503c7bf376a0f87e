import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { ONLY_OUT, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { asUnsigned } from "./unsigned.ts";

/** Options of `util.imgAsUint`: `out`, and the dispatcher's. */
export interface ImgAsUintOptions extends OutOptions<Image<Uint16Array>> {}

/** Checks the arguments of `util.imgAsUint`. */
export function resolveImgAsUint(_image: ImageHeader, options?: ImgAsUintOptions): void {
  refuseOptions("util.imgAsUint", options, ONLY_OUT);
}

/**
 * An image of 16-bit unsigned integers: scikit-image's `img_as_uint`.
 *
 * Floats, which must lie in [-1, 1], are multiplied by 65535 and rounded, half to even. Bytes are spread over the whole range. Integers of more bits lose
 * the lowest ones; but where no sample of the image needs more than 16 bits, they stay as they are. Negative samples become 0.
 *
 * @param image any dtype and channels.
 * @returns `uint16` of the same shape, samples of its own.
 * @throws ImageError `ERR_IMAGE_VALUE` for floats beyond [-1, 1], by more than rounding may carry them there, and NaN;
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const imgAsUint: Operation<(image: Image, options?: ImgAsUintOptions) => Image<Uint16Array>> = dispatchable(
  "util.imgAsUint",
  { on: [0], optionNames: ONLY_OUT },
  function imgAsUint(image: Image, options?: ImgAsUintOptions): Image<Uint16Array> {
    checkSamples(image);
    resolveImgAsUint(image, options);
    return asUnsigned("util.imgAsUint", image, "uint16");
  },
);
