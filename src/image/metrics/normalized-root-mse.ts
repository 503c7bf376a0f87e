import { type ImageHeader, requireAlike } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { compare, type ComparisonMetric } from "./comparison.ts";

/** Options of `metrics.normalizedRootMse`. */
export interface NormalizedRootMseOptions extends DispatchOptions {
  /**
   * What the root of the mean squared error is divided by, of the true image: the root of its mean square (`"euclidean"`, the
   * default), its range (`"min-max"`), or its mean (`"mean"`).
   */
  normalization?: "euclidean" | "min-max" | "mean";
}

const OPTIONS: readonly string[] = ["normalization"];

/** Checks the arguments of `metrics.normalizedRootMse` and applies the defaults. */
export function resolveNormalizedRootMse(
  imageTrue: ImageHeader,
  imageTest: ImageHeader,
  options?: NormalizedRootMseOptions,
): ComparisonMetric {
  const operation = "metrics.normalizedRootMse";
  const read = new OptionReader(operation, options, OPTIONS);
  const normalization = read.oneOf("normalization", "euclidean", ["euclidean", "min-max", "mean"]);
  requireAlike(operation, imageTrue, imageTest);
  return {
    operation,
    usesFirst: true,
    judge: (error, first) => {
      const { square, mean, least, greatest } = first!;
      const norm = { euclidean: Math.sqrt(square), "min-max": greatest - least, mean }[normalization];
      return Math.sqrt(error) / norm;
    },
  };
}

/**
 * The root of the mean squared error, relative to the true image: scikit-image's `normalized_root_mse`. Added up in 64 bits.
 *
 * @param imageTrue any dtype and channels.
 * @param imageTest the same shape and dtype.
 * @returns a number without unit; infinite or NaN where the norm of the true image is 0.
 * @throws ImageError `ERR_IMAGE_SHAPE` and `ERR_IMAGE_DTYPE` for images that differ in them, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const normalizedRootMse: Operation<
  (imageTrue: Image, imageTest: Image, options?: NormalizedRootMseOptions) => number
> = dispatchable(
  "metrics.normalizedRootMse",
  { on: [0, 1], optionNames: OPTIONS },
  function normalizedRootMse(imageTrue: Image, imageTest: Image, options?: NormalizedRootMseOptions): number {
    checkSamples(imageTrue);
    const metric = resolveNormalizedRootMse(imageTrue, imageTest, options);
    checkSamples(imageTest);
    return compare(metric, imageTrue.data, imageTest.data);
  },
);
