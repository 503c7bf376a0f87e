import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image, zeros } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `util.invert`. */
export interface InvertOptions extends OutOptions {
  /** Take floats to span [-1, 1] and change their sign, instead of taking them from 1. Default false; integers do not ask. */
  signedFloat?: boolean;
}

/** What `util.invert` is to do, checked and with defaults. */
export interface ResolvedInvert {
  readonly signedFloat: boolean;
}

const OPTIONS: readonly string[] = ["signedFloat", "out"];

/** Checks the arguments of `util.invert` and applies the defaults. */
export function resolveInvert(_image: ImageHeader, options?: InvertOptions): ResolvedInvert {
  const read = new OptionReader("util.invert", options, OPTIONS);
  return { signedFloat: read.boolean("signedFloat", false) };
}

/**
 * The image with its range turned over: scikit-image's `invert`.
 *
 * Unsigned integers are taken from the greatest of their dtype, signed ones from -1, floats from 1, or from 0 with
 * `signedFloat`. A mask of 0 and 1 is an image of bytes like any other: `util.greater` compares the other way.
 *
 * @param image any dtype and channels; opacity is turned over with the rest.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const invert: Operation<(image: Image, options?: InvertOptions) => Image> = dispatchable(
  "util.invert",
  { on: [0], optionNames: OPTIONS },
  function invert(image: Image, options?: InvertOptions): Image {
    checkSamples(image);
    const { signedFloat } = resolveInvert(image, options);
    const inverted: Image = zeros(image.dtype, image);
    const floats = image.dtype === "float32" || image.dtype === "float64";
    for (let i = 0; i < image.data.length; i++) {
      const sample = image.data[i]!;
      // The complement of an integer's bits is the difference from the greatest, or from -1 where there is a sign.
      inverted.data[i] = floats ? (signedFloat ? -sample : 1 - sample) : ~sample;
    }
    return inverted;
  },
);
