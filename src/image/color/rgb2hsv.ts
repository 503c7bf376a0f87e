import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels } from "./conversion.ts";
import { hsvOfRgb } from "./hsv.ts";

/** Options of `color.rgb2hsv`: `out`, `channelAxis`, and the dispatcher's. */
export interface Rgb2HsvOptions extends ColorOptions {}

/** Checks the arguments of `color.rgb2hsv`. */
export function resolveRgb2Hsv(image: ImageHeader, options?: Rgb2HsvOptions): void {
  readColorOptions("color.rgb2hsv", options);
  requireThreeChannels("color.rgb2hsv", image);
}

/**
 * Hue, saturation and value of an RGB image: scikit-image's `rgb2hsv`.
 *
 * Grey has no hue: 0.
 *
 * Source: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
 *
 * @param image 3 channels, any dtype; integers become intensities first.
 * @returns 3 channels: hue in turns from red, saturation and value, all in [0, 1] for intensities that are, and all 0
 * where one is NaN; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rgb2hsv: Operation<(image: Image, options?: Rgb2HsvOptions) => Image> = dispatchable(
  "color.rgb2hsv",
  { on: [0], optionNames: COLOR_OPTIONS },
  function rgb2hsv(image: Image, options?: Rgb2HsvOptions): Image {
    checkSamples(image);
    resolveRgb2Hsv(image, options);
    return converted(image, hsvOfRgb);
  },
);
