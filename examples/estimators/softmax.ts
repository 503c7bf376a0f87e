import { dot } from "./statistics.ts";

/** A row of weights for each class; the first of a row belongs to the constant. */
export type Weights = readonly (readonly number[])[];

/** Rows with a constant feature in front. */
export function withConstant(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => [1, ...row]);
}

/** The probability of each class for one sample. */
export function probabilitiesOf(row: readonly number[], weights: Weights): number[] {
  const logits = weights.map((each) => dot(row, each));
  // Without it the exponentials of large logits would be infinite.
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, each) => total + each, 0);
  return exponentials.map((each) => each / sum);
}

/** The gradient, by the weights, of the mean −log probability of the samples' classes plus half the penalty. */
export function gradient(
  rows: readonly (readonly number[])[],
  classes: readonly number[],
  weights: Weights,
  penalty: number,
): number[][] {
  const sums = weights.map((each) => each.map((weight) => penalty * weight));
  for (const [i, row] of rows.entries()) {
    for (const [k, probability] of probabilitiesOf(row, weights).entries()) {
      const excess = (probability - (classes[i] === k ? 1 : 0)) / rows.length;
      for (const [j, x] of row.entries()) sums[k]![j]! += excess * x;
    }
  }
  return sums;
}
