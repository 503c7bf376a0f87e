import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { display, isFiniteNumber, ONLY_OUT, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { connectedToStrong, STRONG, WEAK } from "./hysteresis.ts";

/** Options of `filters.applyHysteresisThreshold`: `out`, and the dispatcher's. */
export interface ApplyHysteresisThresholdOptions extends OutOptions<Image<Uint8Array>> {}

/** What `filters.applyHysteresisThreshold` is to do, checked. */
export interface ResolvedHysteresis {
  /** Above it are weak pixels. Not above `high`. */
  readonly low: number;
  /** Above it are strong pixels: as a `float32` image sees it. */
  readonly high: number;
}

const OPERATION = "filters.applyHysteresisThreshold";

/** Checks the arguments of `filters.applyHysteresisThreshold`. */
export function resolveApplyHysteresisThreshold(
  image: ImageHeader,
  low: number,
  high: number,
  options?: ApplyHysteresisThresholdOptions,
): ResolvedHysteresis {
  const read = new OptionReader(OPERATION, options, ONLY_OUT);
  for (const [name, threshold] of Object.entries({ low, high })) {
    if (!isFiniteNumber(threshold)) throw read.error(`${name} is ${display(threshold)}; expected a finite number`);
  }
  requireOneChannel(OPERATION, image);
  return { low: Math.min(low, high), high: image.dtype === "float32" ? Math.fround(high) : high };
}

/**
 * A mask of what is above a threshold, and of what is above a lower one and connected to that: scikit-image's
 * `apply_hysteresis_threshold`, from J. Canny, "A computational approach to edge detection" (1986).
 *
 * Pixels are connected by their edges, not by corners. A `low` above `high` counts as `high`. As there, `high` is rounded to 32 bits for a
 * `float32` image, and `low` is not. NaN is above nothing.
 *
 * @param image one channel, any dtype.
 * @param low, high thresholds in the image's own units, finite.
 * @returns `uint8` of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const applyHysteresisThreshold: Operation<
  (image: Image, low: number, high: number, options?: ApplyHysteresisThresholdOptions) => Image<Uint8Array>
> = dispatchable(
  OPERATION,
  { on: [0], options: 3, optionNames: ONLY_OUT },
  function applyHysteresisThreshold(
    image: Image,
    low: number,
    high: number,
    options?: ApplyHysteresisThresholdOptions,
  ): Image<Uint8Array> {
    checkSamples(image);
    const thresholds = resolveApplyHysteresisThreshold(image, low, high, options);
    const { width, height } = image;
    const strength = Uint8Array.from(image.data, (sample) =>
      sample > thresholds.high ? STRONG : sample > thresholds.low ? WEAK : 0,
    );
    return new Image(connectedToStrong(strength, image, 1), { width, height });
  },
);
