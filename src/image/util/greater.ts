import { type ImageHeader, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { display, ONLY_OUT, OptionReader, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `util.greater`: `out`, and the dispatcher's. */
export interface GreaterOptions extends OutOptions<Image<Uint8Array>> {}

/** What `util.greater` is to do, checked. */
export interface ResolvedGreater {
  /** The threshold as the image's dtype sees it; may be NaN or infinite. */
  readonly threshold: number;
}

/** Checks the arguments of `util.greater` where the threshold is no image. */
export function resolveGreater(image: ImageHeader, threshold: unknown, options?: GreaterOptions): ResolvedGreater {
  const read = new OptionReader("util.greater", options, ONLY_OUT);
  if (typeof threshold !== "number") {
    throw read.error(`threshold is ${display(threshold)}; expected a number or an Image`);
  }
  requireOneChannel("util.greater", image);
  return { threshold: image.dtype === "float32" ? Math.fround(threshold) : threshold };
}

/** Checks the arguments of `util.greater` where the threshold is an image. */
export function checkThresholds(image: ImageHeader, thresholds: ImageHeader, options?: GreaterOptions): void {
  const operation = "util.greater";
  refuseOptions(operation, options, ONLY_OUT);
  requireOneChannel(operation, image);
  requireOneChannel(operation, thresholds, "threshold");
  requireSameSize(operation, thresholds, image, "threshold", "image");
}

/**
 * A mask of the samples above a threshold, one for all or one for each: NumPy's `image > threshold`.
 *
 * As there, a number is rounded to 32 bits for a `float32` image, samples are compared as they are whatever their dtypes, and what
 * is compared with NaN is false. `filters.thresholdLocal` gives thresholds for each pixel.
 *
 * @param image one channel, any dtype.
 * @param threshold in the image's own units; a number, or an image of the same size, one channel, any dtype.
 * @returns `uint8` of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels and sizes that differ, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const greater: Operation<
  (image: Image, threshold: number | Image, options?: GreaterOptions) => Image<Uint8Array>
> = dispatchable(
  "util.greater",
  { on: [0, 1], optionNames: ONLY_OUT },
  function greater(image: Image, threshold: number | Image, options?: GreaterOptions): Image<Uint8Array> {
    checkSamples(image);
    const mask = new Uint8Array(image.data.length);
    if (threshold instanceof Image) {
      checkSamples(threshold);
      checkThresholds(image, threshold, options);
      for (let i = 0; i < mask.length; i++) mask[i] = image.data[i]! > threshold.data[i]! ? 1 : 0;
    } else {
      const { threshold: limit } = resolveGreater(image, threshold, options);
      for (let i = 0; i < mask.length; i++) mask[i] = image.data[i]! > limit ? 1 : 0;
    }
    return new Image(mask, { width: image.width, height: image.height });
  },
);
