import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { eulerOf, objects } from "./region-shape.ts";

/** Options of `measure.eulerNumber`. */
export interface EulerNumberOptions extends DispatchOptions {
  /** 1: pixels of an object share an edge; 2 (default): an edge or a corner. The background is connected the other way. */
  connectivity?: 1 | 2 | null;
}

/** What `measure.eulerNumber` is to do, checked and with defaults. */
export interface ResolvedEulerNumber {
  readonly connectivity: 1 | 2;
}

const OPERATION = "measure.eulerNumber";
const OPTIONS: readonly string[] = ["connectivity"];

/** Checks the arguments of `measure.eulerNumber` and applies the defaults. */
export function resolveEulerNumber(image: ImageHeader, options?: EulerNumberOptions): ResolvedEulerNumber {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const connectivity = read.oneOf("connectivity", null, [1, 2, null]) ?? 2;
  requireOneChannel(OPERATION, image);
  return { connectivity };
}

/**
 * Objects less holes: scikit-image's `euler_number`, by the patterns of 2 × 2 pixels (J. Ohser, W. Nagel, K. Schladitz, "The Euler number of
 * discretized sets", 2002).
 *
 * @param image one channel, any dtype; objects are what is above 0.
 * @returns a whole number.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const eulerNumber: Operation<(image: Image, options?: EulerNumberOptions) => number> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function eulerNumber(image: Image, options?: EulerNumberOptions): number {
    checkSamples(image);
    const { connectivity } = resolveEulerNumber(image, options);
    return eulerOf(objects(image), connectivity);
  },
);
