import { type ImageHeader, requireAlike } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { compare, type ComparisonMetric } from "./comparison.ts";

/** Options of `metrics.meanSquaredError`: the dispatcher's only. */
export interface MeanSquaredErrorOptions extends DispatchOptions {}

/** Checks the arguments of `metrics.meanSquaredError`. */
export function resolveMeanSquaredError(
  image0: ImageHeader,
  image1: ImageHeader,
  options?: MeanSquaredErrorOptions,
): ComparisonMetric {
  const operation = "metrics.meanSquaredError";
  refuseOptions(operation, options);
  requireAlike(operation, image0, image1);
  return { operation, usesFirst: false, judge: (error) => error };
}

/**
 * The mean of the squared differences of two images: scikit-image's `mean_squared_error`. Added up in 64 bits.
 *
 * @param image0 any dtype and channels.
 * @param image1 the same shape and dtype.
 * @returns a number, in the square of the images' units.
 * @throws ImageError `ERR_IMAGE_SHAPE` and `ERR_IMAGE_DTYPE` for images that differ in them, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const meanSquaredError: Operation<(image0: Image, image1: Image, options?: MeanSquaredErrorOptions) => number> =
  dispatchable(
    "metrics.meanSquaredError",
    { on: [0, 1] },
    function meanSquaredError(image0: Image, image1: Image, options?: MeanSquaredErrorOptions): number {
      checkSamples(image0);
      const metric = resolveMeanSquaredError(image0, image1, options);
      checkSamples(image1);
      return compare(metric, image0.data, image1.data);
    },
  );
