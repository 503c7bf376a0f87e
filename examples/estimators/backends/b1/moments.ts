import type { DenseMatrix } from "./dense-matrix.ts";

/** The mean of each feature and its (population) standard deviation, which is 1 where nothing varies. Two passes. */
export function moments({ data, shape: [samples, features] }: DenseMatrix): {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
} {
  const means = new Float64Array(features);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < features; j++) means[j]! += data[i * features + j]!;
  }
  for (let j = 0; j < features; j++) means[j]! /= samples;
  const deviations = new Float64Array(features);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < features; j++) deviations[j]! += (data[i * features + j]! - means[j]!) ** 2;
  }
  for (let j = 0; j < features; j++) deviations[j] = Math.sqrt(deviations[j]! / samples) || 1;
  return { means, deviations };
}
