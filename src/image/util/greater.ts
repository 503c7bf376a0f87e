import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { display, ONLY_OUT, OptionReader } from "../options.ts";
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

/** Checks the arguments of `util.greater`. */
export function resolveGreater(image: ImageHeader, threshold: number, options?: GreaterOptions): ResolvedGreater {
  const read = new OptionReader("util.greater", options, ONLY_OUT);
  if (typeof threshold !== "number") throw read.error(`threshold is ${display(threshold)}; expected a number`);
  requireOneChannel("util.greater", image);
  return { threshold: image.dtype === "float32" ? Math.fround(threshold) : threshold };
}

/**
 * A mask of the samples above a threshold: NumPy's `image > threshold`.
 *
 * As there, the threshold is rounded to 32 bits for a `float32` image, and whatever is compared with NaN is false.
 *
 * @param image one channel, any dtype.
 * @param threshold in the image's own units.
 * @returns `uint8` of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const greater: Operation<(image: Image, threshold: number, options?: GreaterOptions) => Image<Uint8Array>> =
  dispatchable(
    "util.greater",
    { on: [0], options: 2, optionNames: ONLY_OUT },
    function greater(image: Image, threshold: number, options?: GreaterOptions): Image<Uint8Array> {
      checkSamples(image);
      const { threshold: limit } = resolveGreater(image, threshold, options);
      const mask = new Uint8Array(image.data.length);
      for (let i = 0; i < mask.length; i++) mask[i] = image.data[i]! > limit ? 1 : 0;
      return new Image(mask, { width: image.width, height: image.height });
    },
  );
