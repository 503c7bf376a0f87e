import type { DenseMatrix } from "./dense-matrix.ts";

/** Samples that are worked on together: as many as stay in a processor's first cache beside the sums. */
const BLOCK_BYTES = 16_384;

/**
 * The sums of products of the features' distances from their means, a square and symmetric matrix: the covariance times
 * the number of samples.
 *
 * A block of samples is centred once and used for every pair of features, which reads memory once instead of once a pair.
 */
export function covariance({ data, shape: [samples, features] }: DenseMatrix, means: Float64Array): Float64Array {
  const sums = new Float64Array(features * features);
  const height = Math.max(1, Math.floor(BLOCK_BYTES / 8 / Math.max(1, features)));
  // Feature by feature, so that the innermost loop walks through memory.
  const block = new Float64Array(height * features);
  for (let start = 0; start < samples; start += height) {
    const count = Math.min(height, samples - start);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < features; j++) block[j * height + i] = data[(start + i) * features + j]! - means[j]!;
    }
    for (let j = 0; j < features; j++) {
      for (let k = 0; k <= j; k++) {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += block[j * height + i]! * block[k * height + i]!;
        sums[j * features + k]! += sum;
      }
    }
  }
  for (let j = 0; j < features; j++) {
    for (let k = 0; k < j; k++) sums[k * features + j] = sums[j * features + k]!;
  }
  return sums;
}
