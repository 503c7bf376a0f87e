import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { ONLY_OUT, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { asUnsigned } from "./unsigned.ts";

/** Options of `util.imgAsUbyte`: `out`, and the dispatcher's. */
export interface ImgAsUbyteOptions extends OutOptions<Image<Uint8Array>> {}

/** Checks the arguments of `util.imgAsUbyte`. */
export function resolveImgAsUbyte(_image: ImageHeader, options?: ImgAsUbyteOptions): void {
  refuseOptions("util.imgAsUbyte", options, ONLY_OUT);
}

/**
 * An image of bytes: scikit-image's `img_as_ubyte`.
 *
 * Floats, which must lie in [-1, 1], are multiplied by 255 and rounded, half to even. Integers of more bits lose
 * the lowest ones; but where no sample of the image needs more than 8 bits, they stay as they are. Negative samples become 0.
 *
 * @param image any dtype and channels.
 * @returns `uint8` of the same shape, samples of its own.
 * @throws ImageError `ERR_IMAGE_VALUE` for floats beyond [-1, 1], by more than rounding may carry them there, and NaN;
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const imgAsUbyte: Operation<(image: Image, options?: ImgAsUbyteOptions) => Image<Uint8Array>> = dispatchable(
  "util.imgAsUbyte",
  { on: [0], optionNames: ONLY_OUT },
  function imgAsUbyte(image: Image, options?: ImgAsUbyteOptions): Image<Uint8Array> {
    checkSamples(image);
    resolveImgAsUbyte(image, options);
    return asUnsigned("util.imgAsUbyte", image, "uint8");
  },
);
