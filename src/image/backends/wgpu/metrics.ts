import { addon } from "../../../addon.ts";
import { GpuError } from "../../errors.ts";
import { GpuImage } from "../../gpu-image.ts";
import type { ImageHeader } from "../../header.ts";
import type { Image } from "../../image.ts";
import type { ComparisonMetric } from "../../metrics/comparison.ts";
import { meanSquaredError, resolveMeanSquaredError } from "../../metrics/mean-squared-error.ts";
import { normalizedRootMse, resolveNormalizedRootMse } from "../../metrics/normalized-root-mse.ts";
import { peakSignalNoiseRatio, resolvePeakSignalNoiseRatio } from "../../metrics/peak-signal-noise-ratio.ts";
import {
  resolveStructuralSimilarity,
  structuralSimilarity,
  type StructuralSimilarityOptions,
} from "../../metrics/structural-similarity.ts";
import type { Operation } from "../../operation.ts";
import { decide } from "../gpu-choice.ts";
import { type Argument, asked } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";

/** Adds up here and judges as the reference does. */
function byComparison<O>(
  metric: Operation<(first: Image, second: Image, options?: O) => number>,
  resolve: (first: ImageHeader, second: ImageHeader, options?: O) => ComparisonMetric,
): void {
  implementInSteps(
    metric,
    function* (first: Argument, second: Argument, options?: O): Steps<unknown> {
      const { operation, usesFirst, judge } = resolve(first, second, options);
      const compared = yield* asked(operation, [first, second], (later, one, other) =>
        addon.gpuCompare(operation, one, other, later),
      );
      return judge(compared.error, usesFirst ? compared : null);
    },
    { shouldRun: (context, first, second) => decide(context, [first, second], 0) },
  );
}

byComparison(meanSquaredError, resolveMeanSquaredError);
byComparison(normalizedRootMse, resolveNormalizedRootMse);
byComparison(peakSignalNoiseRatio, resolvePeakSignalNoiseRatio);

implementInSteps(
  structuralSimilarity,
  function* (im1: Argument, im2: Argument, options?: StructuralSimilarityOptions): Steps<unknown> {
    const operation = "metrics.structuralSimilarity";
    const { weights, gradient, ...checked } = resolveStructuralSimilarity(im1, im2, options);
    if (gradient) throw new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${NO_GRADIENT}`);
    const [mssim, similarities] = yield* asked(operation, [im1, im2], (later, one, other) =>
      addon.gpuStructuralSimilarity(one, other, { ...checked, weights: [...weights] }, later),
    );
    return similarities === null ? mssim : { mssim, S: new GpuImage(similarities) };
  },
  {
    shouldRun: (context, im1, im2, options) => {
      if (options?.gradient) return NO_GRADIENT;
      const side = windowSide(im1, im2, options);
      const kept = options?.full ? 4 * im1.channels : 0;
      const decided = decide(context, [im1, im2], kept, () => ({ window: [side, side], full: kept > 0 }));
      if (decided !== true || side <= LARGEST_WINDOW) return decided;
      return `a window of ${side} pixels a side: at most ${LARGEST_WINDOW} on the GPU`;
    },
  },
);

const NO_GRADIENT = "gradient: the digits of what is left of it are more than 32-bit floats have";

/** Two tiles with a wider halo do not fit workgroup memory. */
const LARGEST_WINDOW = 29;

/** The side of the window; 0 for options that will be refused. */
function windowSide(im1: ImageHeader, im2: ImageHeader, options?: StructuralSimilarityOptions): number {
  try {
    return resolveStructuralSimilarity(im1, im2, options).weights.length;
  } catch {
    return 0;
  }
}
