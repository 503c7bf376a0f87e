import type { ImageHeader } from "../../header.ts";
import { checkSamples, Image, type Samples } from "../../image.ts";
import { floatDType } from "../../intensity.ts";
import type { ComparisonMetric } from "../../metrics/comparison.ts";
import { meanSquaredError, resolveMeanSquaredError } from "../../metrics/mean-squared-error.ts";
import { normalizedRootMse, resolveNormalizedRootMse } from "../../metrics/normalized-root-mse.ts";
import { peakSignalNoiseRatio, resolvePeakSignalNoiseRatio } from "../../metrics/peak-signal-noise-ratio.ts";
import { resolveStructuralSimilarity, structuralSimilarity } from "../../metrics/structural-similarity.ts";
import type { Operation } from "../../operation.ts";
import { unwritten } from "../../result-memory.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

/** Adds up here and judges as the reference does. */
function byComparison<O>(
  metric: Operation<(first: Image, second: Image, options?: O) => number>,
  resolve: (first: ImageHeader, second: ImageHeader, options?: O) => ComparisonMetric,
): void {
  implement(metric, function* (first: Image, second: Image, options?: O) {
    checkSamples(first);
    const { operation, usesFirst, judge } = resolve(first, second, options);
    checkSamples(second);
    const error = yield* kernel(operation, (addon) =>
      addon.cpuMeanSquaredError(first.data, second.data, ...sizeOf(first)),
    );
    const statistics = usesFirst
      ? yield* kernel(operation, (addon) => addon.cpuStatistics(first.data, ...sizeOf(first)))
      : null;
    return judge(error, statistics);
  });
}

byComparison(meanSquaredError, resolveMeanSquaredError);
byComparison(normalizedRootMse, resolveNormalizedRootMse);
byComparison(peakSignalNoiseRatio, resolvePeakSignalNoiseRatio);

implement(structuralSimilarity, function* (im1, im2, options): Steps<unknown> {
  checkSamples(im1);
  const { weights, full, gradient, ...checked } = resolveStructuralSimilarity(im1, im2, options);
  checkSamples(im2);
  const outwards = [...weights.subarray(weights.length >> 1)];
  const samples = (asked: boolean): Float32Array | Float64Array | null =>
    asked ? unwritten(floatDType(im1.dtype), im1.data.length) : null;
  const [similarities, slopes] = [samples(full), samples(gradient)];
  const mssim = yield* kernel("metrics.structuralSimilarity", (addon) =>
    addon.cpuStructuralSimilarity(
      im1.data,
      im2.data,
      ...sizeOf(im1),
      { ...checked, weights: outwards },
      similarities,
      slopes,
    ),
  );
  if (!full && !gradient) return mssim;
  return {
    mssim,
    ...(slopes && { grad: new Image<Samples>(slopes, im1) }),
    ...(similarities && { S: new Image<Samples>(similarities, im1) }),
  };
});
