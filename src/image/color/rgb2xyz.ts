import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels } from "./conversion.ts";
import { xyzOfRgb } from "./xyz.ts";

/** Options of `color.rgb2xyz`: `out`, `channelAxis`, and the dispatcher's. */
export interface Rgb2XyzOptions extends ColorOptions {}

/** Checks the arguments of `color.rgb2xyz`. */
export function resolveRgb2Xyz(image: ImageHeader, options?: Rgb2XyzOptions): void {
  readColorOptions("color.rgb2xyz", options);
  requireThreeChannels("color.rgb2xyz", image);
}

/**
 * CIE XYZ of an sRGB image: scikit-image's `rgb2xyz`.
 *
 * Source: IEC 61966-2-1:1999.
 *
 * @param image 3 channels, any dtype; integers become intensities first.
 * @returns 3 channels, white having Y = 1; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rgb2xyz: Operation<(image: Image, options?: Rgb2XyzOptions) => Image> = dispatchable(
  "color.rgb2xyz",
  { on: [0], optionNames: COLOR_OPTIONS },
  function rgb2xyz(image: Image, options?: Rgb2XyzOptions): Image {
    checkSamples(image);
    resolveRgb2Xyz(image, options);
    return converted(image, xyzOfRgb);
  },
);
