import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { COLOR_OPTIONS, type ColorOptions, readColorOptions } from "./color-options.ts";

/** Options of `color.rgb2gray`: `out`, `channelAxis`, and the dispatcher's. */
export interface Rgb2GrayOptions extends ColorOptions {}

/** What `color.rgb2gray` is to do, checked. */
export interface ResolvedRgb2Gray {
  /** Factors of red, green and blue. */
  readonly weights: readonly [red: number, green: number, blue: number];
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Luminance of the primaries of Rec. 709, rounded as in C. Poynton's Color FAQ and in scikit-image. */
const WEIGHTS = [0.2125, 0.7154, 0.0721] as const;

/** Checks the arguments of `color.rgb2gray`. */
export function resolveRgb2Gray(image: ImageHeader, options?: Rgb2GrayOptions): ResolvedRgb2Gray {
  readColorOptions("color.rgb2gray", options);
  if (image.channels !== 3) {
    const advice: Record<number, string> = {
      1: "; it is grey already",
      4: "; if the fourth is opacity, blend it in with color.rgba2rgb first",
    };
    const problem = `image has shape ${shape(image)}; expected 3 channels${advice[image.channels] ?? ""}`;
    throw new ImageError("ERR_IMAGE_SHAPE", `color.rgb2gray: ${problem}`);
  }
  return { weights: WEIGHTS, scale: INTENSITY_SCALE[image.dtype], dtype: floatDType(image.dtype) };
}

/**
 * The luminance of an RGB image, 0.2125 R + 0.7154 G + 0.0721 B: scikit-image's `rgb2gray`.
 *
 * Integer samples become intensities first (`uint8` 255 → 1); floats are taken as they are.
 *
 * @param image 3 channels, any dtype.
 * @returns one channel; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels (`rgba2rgb` first), `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rgb2gray: Operation<(image: Image, options?: Rgb2GrayOptions) => Image> = dispatchable(
  "color.rgb2gray",
  { on: [0], optionNames: COLOR_OPTIONS },
  function rgb2gray(image: Image, options?: Rgb2GrayOptions): Image {
    checkSamples(image);
    const { weights, scale, dtype } = resolveRgb2Gray(image, options);
    const [red, green, blue] = weights;
    const rgb = scaled(image, scale);
    const gray = new Float64Array(image.height * image.width);
    for (let i = 0; i < gray.length; i++) {
      gray[i] = red * rgb[3 * i]! + green * rgb[3 * i + 1]! + blue * rgb[3 * i + 2]!;
    }
    return rounded(gray, dtype, { width: image.width, height: image.height });
  },
);
