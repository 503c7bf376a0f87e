import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { adjusted, type Curve, curveOf, keepingLast } from "./adjustment.ts";

/** Options of `exposure.adjustLog`. */
export interface AdjustLogOptions extends OutOptions {
  /** What the logarithms are multiplied by. Default 1. */
  gain?: number;
  /** The inverse, powers of 2 less 1, instead of logarithms. Default false. */
  inv?: boolean;
}

/** What `exposure.adjustLog` is to do, checked and with defaults. */
export interface ResolvedAdjustLog {
  readonly gain: number;
  readonly inv: boolean;
  readonly curve: Curve;
}

const OPTIONS: readonly string[] = ["gain", "inv", "out"];

/** Checks the arguments of `exposure.adjustLog` and applies the defaults. */
export function resolveAdjustLog(image: ImageHeader, options?: AdjustLogOptions): ResolvedAdjustLog {
  const read = new OptionReader("exposure.adjustLog", options, OPTIONS);
  const gain = read.number("gain", 1);
  const inv = read.boolean("inv", false);
  return { gain, inv, curve: logCurve(image.dtype, gain, inv) };
}

/**
 * Logarithms of the samples, `gain · log₂(1 + x)`, or with `inv` the inverse, `gain · (2^x − 1)`: scikit-image's
 * `adjust_log`.
 *
 * Integers are taken for shares of the greatest of their dtype, floats as they are. Results of integers are cut to whole
 * numbers; beyond the limits of the dtype they are the limit.
 *
 * @param image any dtype and channels, no sample below 0; NaN stays. Opacity is adjusted with the rest.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_VALUE` for a negative sample, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const adjustLog: Operation<(image: Image, options?: AdjustLogOptions) => Image> = dispatchable(
  "exposure.adjustLog",
  { on: [0], optionNames: OPTIONS },
  function adjustLog(image: Image, options?: AdjustLogOptions): Image {
    checkSamples(image);
    return adjusted("exposure.adjustLog", image, resolveAdjustLog(image, options).curve);
  },
);

const logCurve = keepingLast((dtype: DType, gain: number, inv: boolean): Curve =>
  inv
    ? curveOf(dtype, (intensity) => 2 ** intensity - 1, gain)
    : curveOf(dtype, (intensity) => Math.log2(1 + intensity), gain),
);
