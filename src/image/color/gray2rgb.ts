import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image, zeros } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";

/** Options of `color.gray2rgb`: `out`, `channelAxis`, and the dispatcher's. */
export interface Gray2RgbOptions extends ColorOptions {}

/** Checks the arguments of `color.gray2rgb`. */
export function resolveGray2Rgb(image: ImageHeader, options?: Gray2RgbOptions): void {
  readColorOptions("color.gray2rgb", options);
  requireOneChannel("color.gray2rgb", image);
}

/**
 * An RGB image whose channels all are the given one: scikit-image's `gray2rgb`.
 *
 * @param image one channel, any dtype.
 * @returns 3 channels, the same dtype and samples.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const gray2rgb: Operation<(image: Image, options?: Gray2RgbOptions) => Image> = dispatchable(
  "color.gray2rgb",
  { on: [0], optionNames: COLOR_OPTIONS },
  function gray2rgb(image: Image, options?: Gray2RgbOptions): Image {
    checkSamples(image);
    resolveGray2Rgb(image, options);
    const rgb: Image = zeros(image.dtype, { width: image.width, height: image.height, channels: 3 });
    for (let i = 0; i < image.data.length; i++) rgb.data.fill(image.data[i]!, 3 * i, 3 * i + 3);
    return rgb;
  },
);
