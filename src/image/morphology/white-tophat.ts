import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { difference, dilated, eroded } from "./neighbourhood.ts";

/**
 * The image without its opening: what is bright and smaller than the footprint. scikit-image's `white_tophat`.
 *
 * Integers wrap around where the opening is greater than the image, which only happens beside edges.
 *
 * @param image one channel, any dtype. A mask counts as `uint8`: where integers wrap around, a 0 becomes 255.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const whiteTophat: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.whiteTophat",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function whiteTophat(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.whiteTophat", image, options);
    return difference(image, dilated(eroded(image, resolved), resolved, true));
  },
);
