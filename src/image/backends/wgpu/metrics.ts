import { addon } from "../../../addon.ts";
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
import { unsupported } from "./unsupported.ts";

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
    const { weights, ...checked } = resolveStructuralSimilarity(im1, im2, options);
    if (weights.length > LARGEST_WINDOW) {
      throw unsupported(operation, tooWide(weights.length));
    }
    const [mssim, similarities, gradient] = yield* asked(operation, [im1, im2], (later, one, other) =>
      addon.gpuStructuralSimilarity(one, other, { ...checked, weights: [...weights] }, later),
    );
    if (similarities === null && gradient === null) return mssim;
    return {
      mssim,
      ...(gradient !== null && { grad: new GpuImage(gradient) }),
      ...(similarities !== null && { S: new GpuImage(similarities) }),
    };
  },
  {
    shouldRun: (context, im1, im2, options) => {
      const side = windowSide(im1, im2, options);
      const { full = false, gradient = false } = options ?? {};
      // Five floats for each sample lie between the steps over columns and rows.
      const floats = gradient || side > 29 ? 5 : Number(full);
      const work = { window: [side, side], full, gradient } as const;
      return side > LARGEST_WINDOW ? tooWide(side) : decide(context, [im1, im2], 4 * im1.channels * floats, () => work);
    },
  },
);

/** More would keep a GPU busy for too long at once. */
const LARGEST_WINDOW = 4095;

function tooWide(side: number): string {
  return `a window of ${side} pixels a side: at most ${LARGEST_WINDOW} on the GPU`;
}

/** The side of the window; 0 for options that will be refused. */
function windowSide(im1: ImageHeader, im2: ImageHeader, options?: StructuralSimilarityOptions): number {
  try {
    return resolveStructuralSimilarity(im1, im2, options).weights.length;
  } catch {
    return 0;
  }
}
