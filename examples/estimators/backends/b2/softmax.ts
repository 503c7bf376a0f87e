import type { ColumnMatrix } from "./column-matrix.ts";

/**
 * The probabilities of the classes, class by class.
 *
 * @param weights for each class those of the constant and of the features.
 */
export function softmax({ data, shape }: ColumnMatrix, weights: Float64Array, classes: number): Float64Array {
  const [samples, features] = shape;
  const result = new Float64Array(samples * classes);
  const largest = new Float64Array(samples).fill(-Infinity);
  for (let k = 0; k < classes; k++) {
    const logits = result.subarray(k * samples, (k + 1) * samples).fill(weights[k * (features + 1)]!);
    for (let j = 0; j < features; j++) {
      const weight = weights[k * (features + 1) + j + 1]!;
      for (let i = 0; i < samples; i++) logits[i]! += weight * data[j * samples + i]!;
    }
    for (let i = 0; i < samples; i++) largest[i] = Math.max(largest[i]!, logits[i]!);
  }
  const sums = new Float64Array(samples);
  for (let k = 0, at = 0; k < classes; k++) {
    for (let i = 0; i < samples; i++, at++) {
      result[at] = Math.exp(result[at]! - largest[i]!);
      sums[i]! += result[at]!;
    }
  }
  for (let k = 0, at = 0; k < classes; k++) {
    for (let i = 0; i < samples; i++, at++) result[at]! /= sums[i]!;
  }
  return result;
}
