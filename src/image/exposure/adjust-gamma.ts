import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { roundHalfToEven } from "../round-half-to-even.ts";
import { sampleOf } from "../sample-range.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { adjusted, type Curve, curveOf, keepingLast } from "./adjustment.ts";

/** Options of `exposure.adjustGamma`. */
export interface AdjustGammaOptions extends OutOptions {
  /** The exponent, at least 0: above 1 darkens, below brightens. Default 1. */
  gamma?: number;
  /** What the powers are multiplied by. Default 1. */
  gain?: number;
}

/** What `exposure.adjustGamma` is to do, checked and with defaults. */
export interface ResolvedAdjustGamma {
  readonly gamma: number;
  readonly gain: number;
  readonly curve: Curve;
}

const OPTIONS: readonly string[] = ["gamma", "gain", "out"];

/** Checks the arguments of `exposure.adjustGamma` and applies the defaults. */
export function resolveAdjustGamma(image: ImageHeader, options?: AdjustGammaOptions): ResolvedAdjustGamma {
  const read = new OptionReader("exposure.adjustGamma", options, OPTIONS);
  const gamma = read.number("gamma", 1, 0);
  const gain = read.number("gain", 1);
  return { gamma, gain, curve: gammaCurve(image.dtype, gamma, gain) };
}

/**
 * Samples to a power, `gain · x^gamma`: scikit-image's `adjust_gamma`.
 *
 * Integers are taken for shares of the greatest of their dtype, floats as they are. Results of `uint8` are rounded, half
 * to even; those of other integers are cut to whole numbers. Beyond the limits of the dtype they are the limit.
 *
 * @param image any dtype and channels, no sample below 0; NaN stays. Opacity is adjusted with the rest.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_VALUE` for a negative sample, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const adjustGamma: Operation<(image: Image, options?: AdjustGammaOptions) => Image> = dispatchable(
  "exposure.adjustGamma",
  { on: [0], optionNames: OPTIONS },
  function adjustGamma(image: Image, options?: AdjustGammaOptions): Image {
    checkSamples(image);
    return adjusted("exposure.adjustGamma", image, resolveAdjustGamma(image, options).curve);
  },
);

const gammaCurve = keepingLast((dtype: DType, gamma: number, gain: number): Curve => {
  if (dtype !== "uint8") return curveOf(dtype, (intensity) => intensity ** gamma, gain);
  const sample = sampleOf(dtype);
  // Multiples of a rounded step, as scikit-image has them: it decides what is half-way.
  return (level) => sample(roundHalfToEven(255 * gain * (level * (1 / 255)) ** gamma));
});
