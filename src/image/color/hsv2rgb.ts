import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels } from "./conversion.ts";
import { rgbOfHsv } from "./hsv.ts";

/** Options of `color.hsv2rgb`: `out`, `channelAxis`, and the dispatcher's. */
export interface Hsv2RgbOptions extends ColorOptions {}

/** Checks the arguments of `color.hsv2rgb`. */
export function resolveHsv2Rgb(image: ImageHeader, options?: Hsv2RgbOptions): void {
  readColorOptions("color.hsv2rgb", options);
  requireThreeChannels("color.hsv2rgb", image);
}

/**
 * An RGB image of hue, saturation and value: scikit-image's `hsv2rgb`.
 *
 * Source: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
 *
 * @param image 3 channels, any dtype; integers become intensities first. Whole turns of hue change nothing.
 * @returns 3 channels, in [0, 1] for such samples; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const hsv2rgb: Operation<(image: Image, options?: Hsv2RgbOptions) => Image> = dispatchable(
  "color.hsv2rgb",
  { on: [0], optionNames: COLOR_OPTIONS },
  function hsv2rgb(image: Image, options?: Hsv2RgbOptions): Image {
    checkSamples(image);
    resolveHsv2Rgb(image, options);
    return converted(image, rgbOfHsv);
  },
);
