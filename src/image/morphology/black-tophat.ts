import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { MORPHOLOGY_OPTIONS, type MorphologyOptions, resolveMorphology } from "./gray-options.ts";
import { difference, dilated, eroded } from "./neighbourhood.ts";

/**
 * The closing without the image: what is dark and smaller than the footprint. scikit-image's `black_tophat`.
 *
 * Integers wrap around where the closing is less than the image, which only happens beside edges.
 *
 * @param image one channel, any dtype. A mask counts as `uint8`: where integers wrap around, a 1 becomes 255.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const blackTophat: Operation<(image: Image, options?: MorphologyOptions) => Image> = dispatchable(
  "morphology.blackTophat",
  { on: [0], optionNames: MORPHOLOGY_OPTIONS },
  function blackTophat(image: Image, options?: MorphologyOptions): Image {
    checkSamples(image);
    const resolved = resolveMorphology("morphology.blackTophat", image, options);
    return difference(eroded(dilated(image, resolved), resolved, true), image);
  },
);
