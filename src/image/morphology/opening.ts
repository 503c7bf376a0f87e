import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { dilated, eroded } from "./neighbourhood.ts";

/**
 * An erosion, then a dilation by the mirrored footprint, which removes what is bright and smaller than the footprint:
 * scikit-image's `opening`.
 *
 * @param image one channel, any dtype; masks of 0 and 1 stay so.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const opening: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.opening",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function opening(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.opening", image, options);
    return dilated(eroded(image, resolved), resolved, true);
  },
);
