import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { eroded } from "./neighbourhood.ts";

/**
 * The least sample in the footprint around each pixel, which shrinks what is bright: scikit-image's `erosion`.
 *
 * NaN is passed over: the result is NaN where there is nothing else.
 *
 * @param image one channel, any dtype; masks of 0 and 1 stay so.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const erosion: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.erosion",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function erosion(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.erosion", image, options);
    return eroded(image, resolved);
  },
);
