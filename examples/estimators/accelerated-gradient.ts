import { gradient, type Weights } from "./softmax.ts";
import { dot, mean } from "./statistics.ts";

/** The weights are off by no more than this, divided by the penalty. */
const TOLERANCE = 1e-13;
const STEPS = 100_000;

/**
 * The weights of a logistic regression, by Nesterov's accelerated gradient steps of constant length.
 *
 * Nesterov, Yu. (2004): Introductory lectures on convex optimization, section 2.2.1. The bound on the curvature is that
 * of Böhning, D. (1992): Multinomial logistic regression algorithm. Annals of the Institute of Statistical Mathematics 44.
 *
 * @param rows samples, with a constant feature in front.
 */
export function acceleratedGradient(
  rows: readonly (readonly number[])[],
  classes: readonly number[],
  penalty: number,
): Weights {
  const curvature = penalty + 0.5 * mean(rows.map((row) => dot(row, row)));
  const [most, least] = [Math.sqrt(curvature), Math.sqrt(penalty)];
  const momentum = (most - least) / (most + least);
  const count = Math.max(...classes) + 1;
  let weights = Array.from({ length: count }, () => Array.from(rows[0] ?? [], () => 0));
  let ahead: Weights = weights;
  for (let step = 0; step < STEPS; step++) {
    const slope = gradient(rows, classes, ahead, penalty);
    if (Math.max(...slope.flat().map(Math.abs)) < TOLERANCE) return ahead;
    const next = ahead.map((row, k) => row.map((weight, j) => weight - slope[k]![j]! / curvature));
    ahead = next.map((row, k) => row.map((weight, j) => weight + momentum * (weight - weights[k]![j]!)));
    weights = next;
  }
  throw new Error(`no weights found in ${STEPS} steps; scale the features first`);
}
