import { blurred, gaussianKernels } from "../filters/blur.ts";
import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import {
  checkSize,
  clipToRange,
  INTERPOLATION_OPTIONS,
  type InterpolationOptions,
  numbers,
  OUTPUT_SHAPE,
  type OutputShape,
  readInterpolation,
  type ResolvedInterpolation,
  resultImage,
  sizeOf,
} from "./interpolation.ts";
import { resampled } from "./resampling.ts";

/** Options of `transform.resize`. */
export interface ResizeOptions extends InterpolationOptions {
  /** Blur before shrinking. Default, or `null`: where an axis shrinks, but not with order 0 on integers. */
  antiAliasing?: boolean | null;
  /** Standard deviation of that, in pixels, or one for rows and one for columns; a 0 for channels may follow. Default, or `null`: (factor - 1) / 2, at least 0. */
  antiAliasingSigma?:
    | number
    | readonly [row: number, column: number]
    | readonly [row: number, column: number, channel: 0]
    | null;
}

/** What `transform.resize` is to do, checked and with defaults. */
export interface ResolvedResize extends ResolvedInterpolation {
  readonly height: number;
  readonly width: number;
  /** Standard deviations of the blur by axis; 0 leaves one alone. */
  readonly sigma: readonly [row: number, column: number];
  /** Its radii. */
  readonly radius: readonly [row: number, column: number];
}

export const RESIZE_OPTIONS: readonly string[] = [...INTERPOLATION_OPTIONS, "antiAliasing", "antiAliasingSigma"];

/** Checks the arguments of `transform.resize` and applies the defaults. */
export function resolveResize(image: ImageHeader, outputShape: unknown, options?: ResizeOptions): ResolvedResize {
  const operation = "transform.resize";
  const read = new OptionReader(operation, options, RESIZE_OPTIONS);
  const size = sizeOf(outputShape, image);
  if (size) return resolveSize(operation, read, image, size);
  const problem = `outputShape is ${display(outputShape)}; expected ${OUTPUT_SHAPE}`;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
}

/** The rest of the options, for a size that is known. */
export function resolveSize(
  operation: string,
  read: OptionReader,
  image: ImageHeader,
  size: readonly [rows: number, columns: number],
): ResolvedResize {
  checkSize(operation, "outputShape", size, image);
  const interpolation = readInterpolation(read, image, "reflect");
  const factors = [image.height / size[0], image.width / size[1]] as const;
  const nearestInteger = interpolation.order === 0 && !image.dtype.startsWith("float");
  const shrinks = Math.max(...factors) > 1;
  const antiAliasing = read.oneOf("antiAliasing", null, [true, false, null]) ?? (shrinks && !nearestInteger);
  if (antiAliasing && nearestInteger) {
    throw read.error(`option antiAliasing is true; expected false with order 0 on ${image.dtype}, or another order`);
  }
  const given = readSigma(read);
  const sigma = factors.map((factor, axis) => (antiAliasing ? (given?.[axis] ?? Math.max(0, (factor - 1) / 2)) : 0));
  const [row, column] = sigma as [number, number];
  return {
    ...interpolation,
    height: size[0],
    width: size[1],
    ...gaussianKernels(operation, [row, column], 4),
  };
}

/**
 * An image of another size: scikit-image's `resize`, which is `scipy.ndimage.zoom` after a Gaussian blur where it shrinks.
 *
 * Pixels are squares: half the size without anti-aliasing is the mean of two by two. Splines of orders above 1 overshoot, which `clip` cuts off.
 * They spread NaN all over its channel.
 *
 * @param image any dtype and channels, each by itself; integers become intensities unless `preserveRange`.
 * @param outputShape `[rows, columns]`, one number for both; the image's channels may follow.
 * @returns that shape, with the image's channels; the image's dtype with order 0, else `float64` for `float64` input and
 * `float32` for others.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`, `ERR_IMAGE_LIMIT` for 2³¹ samples or more, or a kernel radius
 * above 65535.
 */
export const resize: Operation<(image: Image, outputShape: OutputShape, options?: ResizeOptions) => Image> =
  dispatchable(
    "transform.resize",
    { on: [0], options: 2, optionNames: RESIZE_OPTIONS },
    function resize(image: Image, outputShape: OutputShape, options?: ResizeOptions): Image {
      checkSamples(image);
      return resized(image, resolveResize(image, outputShape, options));
    },
  );

/** `resize`, by what was resolved. */
export function resized(image: Image, resolved: ResolvedResize): Image {
  const { height, width, mode, cval, clip, dtype } = resolved;
  const source = numbers(image, resolved);
  const result = resampled(blurred(source, image, resolved, mode, cval), image, resolved, resolved);
  if (clip) clipToRange(result, source, mode, cval);
  return resultImage(result, dtype, image, height, width);
}

function readSigma(read: OptionReader): readonly [number, number] | null {
  const given = read.value("antiAliasingSigma");
  if (given === undefined || given === null) return null;
  const pair: unknown[] = Array.isArray(given) ? [...given] : [given, given];
  if (pair.length === 3 && pair[2] === 0) pair.pop();
  if (pair.length === 2 && pair.every((value) => isFiniteNumber(value) && value >= 0)) return pair as [number, number];
  throw read.invalid(
    "antiAliasingSigma",
    given,
    "a finite number of at least 0, or two of them, after which a 0 for channels may follow: [row, column]",
  );
}
