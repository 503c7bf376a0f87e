import { solve } from "./cholesky.ts";
import type { ColumnMatrix } from "./column-matrix.ts";
import { softmax } from "./softmax.ts";

/** The weights are off by no more than this, divided by the penalty. */
const TOLERANCE = 1e-13;
const STEPS = 100;
/** How often a step may be halved. Less than what is left then does not move a number of 64 bits. */
const HALVINGS = 50;
/** The share of what the slope promises that a step must keep. */
const SUFFICIENT = 1e-4;

/**
 * The weights of a multinomial logistic regression by Newton's method, with steps halved until they lead downhill.
 *
 * Boyd, S., Vandenberghe, L. (2004): Convex optimization, section 9.5. Gradient and Hessian as in Böhning, D. (1992):
 * Multinomial logistic regression algorithm. Annals of the Institute of Statistical Mathematics 44.
 *
 * @returns for each class the weights of the constant and of the features.
 */
export function newton(X: ColumnMatrix, y: readonly number[], classes: number, penalty: number): Float64Array {
  const terms = withConstant(X);
  const size = classes * terms.length;
  let weights = new Float64Array(size);
  let probabilities = softmax(X, weights, classes);
  let loss = lossOf(probabilities, y, weights, penalty);
  for (let step = 0; step < STEPS; step++) {
    const slope = gradient(terms, y, probabilities, weights, penalty);
    if (slope.every((entry) => Math.abs(entry) < TOLERANCE)) return weights;
    const direction = solve(hessian(terms, probabilities, classes, penalty), slope);
    const promise = slope.reduce((sum, entry, i) => sum + entry * direction[i]!, 0);
    for (let halving = 0, length = 1; halving < HALVINGS; halving++, length /= 2) {
      const next = weights.map((weight, i) => weight - length * direction[i]!);
      const nextProbabilities = softmax(X, next, classes);
      const nextLoss = lossOf(nextProbabilities, y, next, penalty);
      // Where nothing but rounding is left to gain, the full step is the best.
      if (nextLoss > loss - SUFFICIENT * length * promise && promise > Number.EPSILON * loss) continue;
      [weights, probabilities, loss] = [next, nextProbabilities, nextLoss];
      break;
    }
  }
  throw new Error(`no weights found in ${STEPS} steps`);
}

/** The constant, then the features: columns to be weighted. */
function withConstant({ data, shape: [samples, features] }: ColumnMatrix): readonly Float64Array[] {
  const columns = Array.from({ length: features }, (_, j) => data.subarray(j * samples, (j + 1) * samples));
  return [new Float64Array(samples).fill(1), ...columns];
}

function lossOf(probabilities: Float64Array, y: readonly number[], weights: Float64Array, penalty: number): number {
  const logs = y.reduce((sum, label, i) => sum - Math.log(probabilities[label * y.length + i]!), 0);
  return logs / y.length + (penalty / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
}

function gradient(
  terms: readonly Float64Array[],
  y: readonly number[],
  probabilities: Float64Array,
  weights: Float64Array,
  penalty: number,
): Float64Array {
  const samples = y.length;
  return weights.map((weight, at) => {
    const label = Math.floor(at / terms.length);
    const term = terms[at % terms.length]!;
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      sum += (probabilities[label * samples + i]! - (y[i] === label ? 1 : 0)) * term[i]!;
    }
    return sum / samples + penalty * weight;
  });
}

/** Second derivatives, a square matrix; only what is on and below the diagonal. */
function hessian(
  terms: readonly Float64Array[],
  probabilities: Float64Array,
  classes: number,
  penalty: number,
): Float64Array {
  const size = classes * terms.length;
  const samples = terms[0]!.length;
  const result = new Float64Array(size * size);
  const share = new Float64Array(samples);
  const weighted = new Float64Array(samples);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b <= a; b++) {
      for (let i = 0; i < samples; i++) {
        share[i] = (probabilities[a * samples + i]! * ((a === b ? 1 : 0) - probabilities[b * samples + i]!)) / samples;
      }
      for (const [j, column] of terms.entries()) {
        for (let i = 0; i < samples; i++) weighted[i] = share[i]! * column[i]!;
        for (const [k, other] of terms.entries()) {
          let sum = 0;
          for (let i = 0; i < samples; i++) sum += weighted[i]! * other[i]!;
          result[(a * terms.length + j) * size + b * terms.length + k] = sum;
        }
      }
    }
  }
  for (let i = 0; i < size; i++) result[i * size + i]! += penalty;
  return result;
}
