import { ImageError } from "../errors.ts";
import { type ImageHeader, requireChannelAxis } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { RESIZE_OPTIONS, resized, type ResizeOptions, type ResolvedResize, resolveSize } from "./resize.ts";
import { roundHalfEven } from "./round-half-even.ts";

/** Options of `transform.rescale`. */
export interface RescaleOptions extends ResizeOptions {
  /** 2 or -1: the channels are channels. An image of several needs it. */
  channelAxis?: 2 | -1 | null;
}

const OPTIONS: readonly string[] = [...RESIZE_OPTIONS, "channelAxis"];

/** Checks the arguments of `transform.rescale`, applies the defaults, and says what `resize` does of it. */
export function resolveRescale(image: ImageHeader, scale: unknown, options?: RescaleOptions): ResolvedResize {
  const operation = "transform.rescale";
  const read = new OptionReader(operation, options, OPTIONS);
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  requireChannelAxis(operation, image, channelAxis, "keep their number");
  const pair: unknown[] = Array.isArray(scale) ? [...scale] : [scale, scale];
  if (pair.length !== 2 || !pair.every((value): value is number => isFiniteNumber(value) && value > 0)) {
    const problem = `scale is ${display(scale)}; expected a finite number above 0, or two of them: [row, column]`;
    throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
  }
  const side = (length: number, factor: number): number => Math.max(roundHalfEven(length * factor), 1);
  return resolveSize(operation, read, image, [side(image.height, pair[0]!), side(image.width, pair[1]!)]);
}

/**
 * An image of a multiple of its size, rounded to whole pixels: scikit-image's `rescale`. See `resize`.
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @param scale the factor, or one for rows and one for columns.
 * @returns as `resize`.
 * @throws ImageError as `resize`, and `ERR_IMAGE_SHAPE` for several channels without `channelAxis`.
 */
export const rescale: Operation<
  (image: Image, scale: number | readonly [row: number, column: number], options?: RescaleOptions) => Image
> = dispatchable(
  "transform.rescale",
  { on: [0], options: 2, optionNames: OPTIONS },
  function rescale(
    image: Image,
    scale: number | readonly [row: number, column: number],
    options?: RescaleOptions,
  ): Image {
    checkSamples(image);
    return resized(image, resolveRescale(image, scale, options));
  },
);
