import { type ImageHeader, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { display, ONLY_OUT, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { connectedToStrong, STRONG, WEAK } from "./hysteresis.ts";

/** Options of `filters.applyHysteresisThreshold`: `out`, and the dispatcher's. */
export interface ApplyHysteresisThresholdOptions extends OutOptions<Image<Uint8Array>> {}

const OPERATION = "filters.applyHysteresisThreshold";

/**
 * Checks the arguments of `filters.applyHysteresisThreshold`.
 *
 * @param isImage what thresholds for each pixel may be; images in main memory, unless a backend takes others.
 */
export function resolveApplyHysteresisThreshold(
  image: ImageHeader,
  low: unknown,
  high: unknown,
  options?: ApplyHysteresisThresholdOptions,
  isImage: (value: unknown) => value is ImageHeader = (value) => value instanceof Image,
): void {
  const read = new OptionReader(OPERATION, options, ONLY_OUT);
  requireOneChannel(OPERATION, image);
  for (const [name, threshold] of Object.entries({ low, high })) {
    if (isImage(threshold)) {
      if (threshold instanceof Image) checkSamples(threshold);
      requireOneChannel(OPERATION, threshold, name);
      requireSameSize(OPERATION, threshold, image, name, "image");
    } else if (typeof threshold !== "number" || Number.isNaN(threshold)) {
      throw read.error(`${name} is ${display(threshold)}; expected a number or an Image`);
    }
  }
}

/** The numbers that weak and strong pixels are above: `low` not above `high`, `high` as a `float32` image sees it. */
export function hysteresisOf({ dtype }: ImageHeader, low: number, high: number): { low: number; high: number } {
  return { low: Math.min(low, high), high: dtype === "float32" ? Math.fround(high) : high };
}

/** For every pixel whether it is {@link STRONG}, {@link WEAK} or neither. */
export function strengthOf(image: Image, low: number | Image, high: number | Image): Uint8Array {
  if (typeof low === "number" && typeof high === "number") {
    const numbers = hysteresisOf(image, low, high);
    return Uint8Array.from(image.data, (sample) => (sample > numbers.high ? STRONG : sample > numbers.low ? WEAK : 0));
  }
  // A number is what the samples are that it is compared with.
  const rounded = (number: number, { dtype }: Image): number => (dtype === "float32" ? Math.fround(number) : number);
  const upper = (i: number): number => (typeof high === "number" ? rounded(high, image) : high.data[i]!);
  const lower = (i: number): number => {
    if (typeof low === "number") return Math.min(low, upper(i));
    return Math.min(low.data[i]!, typeof high === "number" ? rounded(high, low) : upper(i));
  };
  return Uint8Array.from(image.data, (sample, i) => (sample > upper(i) ? STRONG : sample > lower(i) ? WEAK : 0));
}

/**
 * A mask of what is above a threshold, and of what is above a lower one and connected to that: scikit-image's
 * `apply_hysteresis_threshold`, from J. Canny, "A computational approach to edge detection" (1986).
 *
 * Pixels are connected by their edges, not by corners. A `low` above `high` counts as `high`. As there, `high` is rounded to 32 bits for a
 * `float32` image, and `low` is not; images of thresholds are compared as they are. NaN is above nothing, and nothing is above NaN.
 *
 * @param image one channel, any dtype.
 * @param low, high thresholds in the image's own units: numbers, or images of the same size, one channel, any dtype.
 * @returns `uint8` of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels and sizes that differ, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const applyHysteresisThreshold: Operation<
  (
    image: Image,
    low: number | Image,
    high: number | Image,
    options?: ApplyHysteresisThresholdOptions,
  ) => Image<Uint8Array>
> = dispatchable(
  OPERATION,
  { on: [0, 1, 2], options: 3, optionNames: ONLY_OUT },
  function applyHysteresisThreshold(
    image: Image,
    low: number | Image,
    high: number | Image,
    options?: ApplyHysteresisThresholdOptions,
  ): Image<Uint8Array> {
    checkSamples(image);
    resolveApplyHysteresisThreshold(image, low, high, options);
    const { width, height } = image;
    return new Image(connectedToStrong(strengthOf(image, low, high), image, 1), { width, height });
  },
);
