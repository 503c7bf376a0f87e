import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { dilated } from "./neighbourhood.ts";

/**
 * The greatest sample in the footprint around each pixel, which widens what is bright: scikit-image's `dilation`.
 *
 * The footprint is not mirrored, unlike in the textbooks' and in SciPy's dilation. NaN is passed over: the result is NaN where
 * there is nothing else.
 *
 * @param image one channel, any dtype; masks of 0 and 1 stay so.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const dilation: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.dilation",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function dilation(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.dilation", image, options);
    return dilated(image, resolved);
  },
);
