import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { isFiniteNumber } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";
import type { Triple } from "./conversion.ts";

/** Options of `color.rgba2rgb`. */
export interface Rgba2RgbOptions extends ColorOptions {
  /** Red, green and blue behind the image, from 0 to 1. Default white. */
  background?: readonly [red: number, green: number, blue: number];
}

/** What `color.rgba2rgb` is to do, checked and with defaults. */
export interface ResolvedRgba2Rgb {
  readonly background: Triple;
}

const OPTIONS: readonly string[] = ["background", ...COLOR_OPTIONS];

/** Checks the arguments of `color.rgba2rgb` and applies the defaults. */
export function resolveRgba2Rgb(image: ImageHeader, options?: Rgba2RgbOptions): ResolvedRgba2Rgb {
  const read = readColorOptions("color.rgba2rgb", options, OPTIONS);
  const background = read.value("background") ?? [1, 1, 1];
  const isShare = (value: unknown): boolean => isFiniteNumber(value) && value >= 0 && value <= 1;
  if (!Array.isArray(background) || background.length !== 3 || ![...background].every(isShare)) {
    throw read.invalid("background", background, "[red, green, blue] from 0 to 1");
  }
  if (image.channels !== 4) {
    const problem = `image has shape ${shape(image)}; expected 4 channels, the fourth being opacity`;
    throw new ImageError("ERR_IMAGE_SHAPE", `color.rgba2rgb: ${problem}`);
  }
  return { background: [...background] as unknown as Triple };
}

/**
 * An image with opacity laid over a background: scikit-image's `rgba2rgb`.
 *
 * Source: T. Porter, T. Duff, "Compositing digital images", SIGGRAPH 1984, for colours that are not multiplied by
 * their opacity.
 *
 * @param image 4 channels, the fourth opacity, any dtype; integers become intensities first.
 * @returns 3 channels, cut to [0, 1]; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rgba2rgb: Operation<(image: Image, options?: Rgba2RgbOptions) => Image> = dispatchable(
  "color.rgba2rgb",
  { on: [0], optionNames: OPTIONS },
  function rgba2rgb(image: Image, options?: Rgba2RgbOptions): Image {
    checkSamples(image);
    const { background } = resolveRgba2Rgb(image, options);
    const { width, height } = image;
    const rgba = scaled(image, INTENSITY_SCALE[image.dtype]);
    const rgb = new Float64Array(3 * width * height);
    for (let i = 0; i < rgb.length; i++) {
      const [pixel, channel] = [4 * Math.floor(i / 3), i % 3];
      const opacity = rgba[pixel + 3]!;
      const blend = (1 - opacity) * background[channel]! + opacity * rgba[pixel + channel]!;
      rgb[i] = Math.min(Math.max(blend, 0), 1);
    }
    return rounded(rgb, floatDType(image.dtype), { width, height, channels: 3 });
  },
);
