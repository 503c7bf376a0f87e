import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { adjusted, type Curve, curveOf, keepingLast } from "./adjustment.ts";

/** Options of `exposure.adjustSigmoid`. */
export interface AdjustSigmoidOptions extends OutOptions {
  /** The intensity that becomes one half. Default 0.5. */
  cutoff?: number;
  /** How steep the curve is. Default 10. */
  gain?: number;
  /** Take the result from 1. Default false. */
  inv?: boolean;
}

/** What `exposure.adjustSigmoid` is to do, checked and with defaults. */
export interface ResolvedAdjustSigmoid {
  readonly cutoff: number;
  readonly gain: number;
  readonly inv: boolean;
  readonly curve: Curve;
}

const OPTIONS: readonly string[] = ["cutoff", "gain", "inv", "out"];

/** Checks the arguments of `exposure.adjustSigmoid` and applies the defaults. */
export function resolveAdjustSigmoid(image: ImageHeader, options?: AdjustSigmoidOptions): ResolvedAdjustSigmoid {
  const read = new OptionReader("exposure.adjustSigmoid", options, OPTIONS);
  const cutoff = read.number("cutoff", 0.5);
  const gain = read.number("gain", 10);
  const inv = read.boolean("inv", false);
  return { cutoff, gain, inv, curve: sigmoidCurve(image.dtype, cutoff, gain, inv) };
}

/**
 * More contrast around an intensity, `1 / (1 + exp(gain · (cutoff − x)))`: scikit-image's `adjust_sigmoid`.
 *
 * Integers are taken for shares of the greatest of their dtype, floats as they are. Results of integers are cut to whole
 * numbers.
 *
 * Source: G. J. Braun, M. D. Fairchild, "Image lightness rescaling using sigmoidal contrast enhancement functions",
 * Journal of Electronic Imaging 8(4), 1999.
 *
 * @param image any dtype and channels, no sample below 0; NaN stays. Opacity is adjusted with the rest.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_VALUE` for a negative sample, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const adjustSigmoid: Operation<(image: Image, options?: AdjustSigmoidOptions) => Image> = dispatchable(
  "exposure.adjustSigmoid",
  { on: [0], optionNames: OPTIONS },
  function adjustSigmoid(image: Image, options?: AdjustSigmoidOptions): Image {
    checkSamples(image);
    return adjusted("exposure.adjustSigmoid", image, resolveAdjustSigmoid(image, options).curve);
  },
);

const sigmoidCurve = keepingLast((dtype: DType, cutoff: number, gain: number, inv: boolean): Curve => {
  const sigmoid = (intensity: number): number => 1 / (1 + Math.exp(gain * (cutoff - intensity)));
  return curveOf(dtype, inv ? (intensity) => 1 - sigmoid(intensity) : sigmoid);
});
