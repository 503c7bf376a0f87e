import { ImageError } from "../errors.ts";
import { type ImageHeader, requireImageOrNull, requireIntegers, requireOneChannel, shape } from "../header.ts";
import { checkSamples, type DType, Image, SAMPLE_ARRAYS } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import type { ColorOptions } from "./color-options.ts";
import { LABEL2RGB_OPTIONS, readLabel2Rgb } from "./label2rgb-options.ts";
import type { Rgb } from "./named-colors.ts";

/** Options of `color.label2rgb`. */
export interface Label2RgbOptions extends ColorOptions {
  /** `"overlay"` (default) paints colours over the image; `"avg"` gives each region the mean colour of the image in it. */
  kind?: "overlay" | "avg";
  /** Colours of the regions in ascending order of label, repeated as needed: CSS names or RGB from 0 to 1. Default: ten, from red. */
  colors?: readonly (string | readonly number[])[] | null;
  /** Opacity of the colours over the image, 0 to 1; they are opaque without an image. Default 0.3. */
  alpha?: number;
  /** The label that is background. Default 0. */
  bgLabel?: number;
  /** Colour of the background; `null` leaves the image there. With kind `"avg"` RGB in the image's own units. Default black. */
  bgColor?: string | readonly number[] | null;
  /** Opacity of the image over white, 0 to 1. Default 1. */
  imageAlpha?: number;
  /** Share of its saturation that the image keeps, 0 to 1. Default 0: grey, by the largest of its three channels. */
  saturation?: number;
}

/** What `color.label2rgb` is to do, checked and with defaults. */
export type ResolvedLabel2Rgb = ResolvedOverlay | ResolvedAverage;

/** Kind `"overlay"`. */
export interface ResolvedOverlay {
  readonly kind: "overlay";
  readonly bgLabel: number;
  /** Colour of the background; `null`: the image shows. */
  readonly bgColor: Rgb | null;
  /** Colours of the other labels, by rank. */
  readonly colors: readonly Rgb[];
  /** Opacity of the colours; 1 without an image. */
  readonly alpha: number;
  readonly imageAlpha: number;
  readonly saturation: number;
  /** Factor from sample of the image to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Kind `"avg"`. */
export interface ResolvedAverage {
  readonly kind: "avg";
  readonly bgLabel: number;
  /** In the units of the result, whole numbers if that has such. */
  readonly bgColor: Rgb;
  /** Dtype of the result: the image's. */
  readonly dtype: DType;
}

/** Checks the arguments of `color.label2rgb` and applies the defaults. */
export function resolveLabel2Rgb(
  label: ImageHeader,
  image?: ImageHeader | null,
  options?: Label2RgbOptions,
): ResolvedLabel2Rgb {
  requireImageOrNull("color.label2rgb", image);
  const read = readLabel2Rgb(options);
  requireOneChannel("color.label2rgb", label, "label");
  requireIntegers("color.label2rgb", label, "label");
  const sameSize = !image || (image.width === label.width && image.height === label.height);
  if (image && !(sameSize && (image.channels === 1 || image.channels === 3))) {
    const problem = `image has shape ${shape(image)}; expected the label's, ${shape(label)}, with 1 or 3 channels`;
    throw new ImageError("ERR_IMAGE_SHAPE", `color.label2rgb: ${problem}`);
  }
  const { bgLabel } = read;
  if (read.kind === "avg") {
    if (!image) throw new ImageError("ERR_IMAGE_OPTION", `color.label2rgb: kind "avg" needs an image; none was given`);
    return { kind: "avg", bgLabel, bgColor: read.backgroundOf(image.dtype), dtype: image.dtype };
  }
  const { bgColor, colors, imageAlpha, saturation } = read;
  // Without an image there is nothing for the colours to let through.
  const alpha = image ? read.alpha : 1;
  const scale = image ? INTENSITY_SCALE[image.dtype] : 1;
  const dtype = image ? floatDType(image.dtype) : "float32";
  return { kind: "overlay", bgLabel, bgColor, colors, alpha, imageAlpha, saturation, scale, dtype };
}

/**
 * An RGB picture of a label image, alone or over another image: scikit-image's `label2rgb`.
 *
 * The labels that occur, background aside, take the colours in turn in ascending order. A pixel with a NaN in a
 * colour image shows as black. Two slips of scikit-image 0.26 are not repeated: with `bgColor: null` and a `bgLabel`
 * above the least label it bares the wrong region, and 256 labels without background overflow its 8 bits.
 *
 * @param label one channel, `uint8`, `uint16` or `int32`.
 * @param image the same size, 1 or 3 channels; none or `null` for the colours alone.
 * @returns 3 channels. Kind `"overlay"`: intensities, `float64` for a `float64` image, else `float32`. Kind `"avg"`: the
 * image's units and dtype, cut to whole numbers for integers.
 * @throws ImageError `ERR_IMAGE_SHAPE` for sizes that differ or other channels, `ERR_IMAGE_DTYPE` for a float label
 * or an `image` that is none (such as the options, when `null` was forgotten),
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const label2rgb: Operation<(label: Image, image?: Image | null, options?: Label2RgbOptions) => Image> =
  dispatchable(
    "color.label2rgb",
    { on: [0, 1], optionNames: LABEL2RGB_OPTIONS },
    function label2rgb(label: Image, image?: Image | null, options?: Label2RgbOptions): Image {
      checkSamples(label);
      const resolved = resolveLabel2Rgb(label, image, options);
      if (image) checkSamples(image);
      return resolved.kind === "overlay" ? overlay(label, image, resolved) : average(label, image!, resolved);
    },
  );

/** Colour times opacity plus image times the rest. */
function overlay(label: Image, image: Image | null | undefined, resolved: ResolvedOverlay): Image {
  const { bgLabel, bgColor, colors, alpha, dtype } = resolved;
  const result = image ? underlay(image, resolved) : new Float64Array(3 * label.data.length);
  const colorOf = new Map<number, Rgb | null>([[bgLabel, bgColor]]);
  const others = [...new Set<number>(label.data)].filter((value) => value !== bgLabel).sort((a, b) => a - b);
  others.forEach((value, rank) => colorOf.set(value, colors[rank % colors.length]!));
  for (let i = 0; i < label.data.length; i++) {
    const color = colorOf.get(label.data[i]!);
    if (!color) continue;
    for (let c = 0; c < 3; c++) result[3 * i + c] = color[c]! * alpha + result[3 * i + c]! * (1 - alpha);
  }
  return rounded(result, dtype, { width: label.width, height: label.height, channels: 3 });
}

/**
 * The image as three channels of intensity, with less saturation and over white.
 *
 * scikit-image scales the saturation in HSV. There a channel is v · (1 - s · k) with k given by the hue, so that
 * scaling s moves it linearly between v, the largest of the three, and itself.
 */
function underlay(image: Image, { scale, saturation, imageAlpha }: ResolvedOverlay): Float64Array {
  const { channels } = image;
  const intensities = scaled(image, scale);
  const result = new Float64Array(3 * image.width * image.height);
  for (let i = 0; i < result.length / 3; i++) {
    const pixel = [0, 1, 2].map((c) => intensities[channels === 1 ? i : 3 * i + c]!);
    const value = Math.max(...pixel);
    for (let c = 0; c < 3; c++) {
      const chroma = saturation === 0 ? 0 : saturation * (pixel[c]! - value);
      const muted = channels === 1 ? value : Number.isNaN(value) ? 0 : value === Infinity ? value : value + chroma;
      result[3 * i + c] = muted * imageAlpha + (1 - imageAlpha);
    }
  }
  return result;
}

/** Every region in its mean colour. */
function average(label: Image, image: Image, { bgLabel, bgColor, dtype }: ResolvedAverage): Image {
  const { channels } = image;
  const sums = new Map<number, { count: number; color: [number, number, number] }>();
  label.data.forEach((value: number, i: number) => {
    let sum = sums.get(value);
    if (!sum) sums.set(value, (sum = { count: 0, color: [0, 0, 0] }));
    sum.count++;
    for (let c = 0; c < 3; c++) sum.color[c]! += image.data[channels === 1 ? i : 3 * i + c]!;
  });
  // Integer arrays cut the means towards zero, as scikit-image does.
  const result = new SAMPLE_ARRAYS[dtype](3 * label.data.length);
  label.data.forEach((value: number, i: number) => {
    const { count, color } = sums.get(value)!;
    for (let c = 0; c < 3; c++) result[3 * i + c] = value === bgLabel ? bgColor[c]! : color[c]! / count;
  });
  return new Image(result, { width: label.width, height: label.height, channels: 3 });
}
