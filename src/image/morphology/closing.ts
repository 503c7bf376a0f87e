import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { dilated, eroded } from "./neighbourhood.ts";

/**
 * A dilation, then an erosion by the mirrored footprint, which removes what is dark and smaller than the footprint:
 * scikit-image's `closing`.
 *
 * @param image one channel, any dtype; masks of 0 and 1 stay so.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const closing: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.closing",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function closing(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.closing", image, options);
    return eroded(dilated(image, resolved), resolved, true);
  },
);
