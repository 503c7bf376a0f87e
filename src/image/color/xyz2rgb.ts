import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels } from "./conversion.ts";
import { rgbOfXyz } from "./xyz.ts";

/** Options of `color.xyz2rgb`: `out`, `channelAxis`, and the dispatcher's. */
export interface Xyz2RgbOptions extends ColorOptions {}

/** Checks the arguments of `color.xyz2rgb`. */
export function resolveXyz2Rgb(image: ImageHeader, options?: Xyz2RgbOptions): void {
  readColorOptions("color.xyz2rgb", options);
  requireThreeChannels("color.xyz2rgb", image);
}

/**
 * An sRGB image of CIE XYZ: scikit-image's `xyz2rgb`.
 *
 * Source: IEC 61966-2-1:1999.
 *
 * @param image 3 channels, white having Y = 1; any dtype, integers become intensities first.
 * @returns 3 channels, cut to [0, 1]; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const xyz2rgb: Operation<(image: Image, options?: Xyz2RgbOptions) => Image> = dispatchable(
  "color.xyz2rgb",
  { on: [0], optionNames: COLOR_OPTIONS },
  function xyz2rgb(image: Image, options?: Xyz2RgbOptions): Image {
    checkSamples(image);
    resolveXyz2Rgb(image, options);
    return converted(image, rgbOfXyz);
  },
);
