import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { objects, perimeterOf } from "./region-shape.ts";

/** Options of `measure.perimeter`. */
export interface PerimeterOptions extends DispatchOptions {
  /** Which neighbours a pixel must have all of so as not to lie at the border: 4 (default), or 8, with which the border is wider. */
  neighborhood?: 4 | 8;
}

/** What `measure.perimeter` is to do, checked and with defaults. */
export interface ResolvedPerimeter {
  readonly neighborhood: 4 | 8;
}

const OPERATION = "measure.perimeter";
const OPTIONS: readonly string[] = ["neighborhood"];

/** Checks the arguments of `measure.perimeter` and applies the defaults. */
export function resolvePerimeter(image: ImageHeader, options?: PerimeterOptions): ResolvedPerimeter {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const neighborhood = read.oneOf("neighborhood", 4, [4, 8]);
  requireOneChannel(OPERATION, image);
  return { neighborhood };
}

/**
 * The perimeter of all objects: scikit-image's `perimeter`, the length of the line through the centres of border pixels (K. Benkrid, D. Crookes,
 * "Design and FPGA implementation of a perimeter estimator", 2000).
 *
 * @param image one channel, any dtype; objects are what is above 0.
 * @returns the length in pixels.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const perimeter: Operation<(image: Image, options?: PerimeterOptions) => number> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function perimeter(image: Image, options?: PerimeterOptions): number {
    checkSamples(image);
    const { neighborhood } = resolvePerimeter(image, options);
    return perimeterOf(objects(image), neighborhood);
  },
);
