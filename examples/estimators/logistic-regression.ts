import { acceleratedGradient } from "./accelerated-gradient.ts";
import { Matrix, type MatrixLike } from "./matrix.ts";
import { learned } from "./not-fitted-error.ts";
import { type Weights, probabilitiesOf, withConstant } from "./softmax.ts";
import { system } from "./system.ts";

const models = new WeakMap<object, Weights>();

/**
 * Multinomial logistic regression: the probability of each class is proportional to the exponential of a weighted sum of
 * the features. The weights are those that minimize the mean of the samples' −log probabilities of their classes, plus
 * half the penalty times the sum of the weights' squares.
 *
 * Cox, D. R. (1958): The regression analysis of binary sequences. Journal of the Royal Statistical Society B 20 (2).
 *
 * The constant's weight is penalized too, as in LIBLINEAR: so exactly one set of weights is best, and every backend
 * finds it.
 */
export class LogisticRegression {
  readonly penalty: number;
  /** Learns from samples and their classes, numbers from 0. */
  declare fit: (this: LogisticRegression, X: MatrixLike, y: readonly number[]) => LogisticRegression;
  /** The probability of each class, a column each. Throws a NotFittedError. */
  declare probabilities: (this: LogisticRegression, X: MatrixLike) => MatrixLike;

  /** @param options `penalty` is positive. */
  constructor({ penalty = 0.01 }: { penalty?: number } = {}) {
    this.penalty = penalty;
  }

  /** The most probable class of each sample. */
  predict(X: MatrixLike): number[] {
    const { rows } = this.probabilities(X) as Matrix;
    return rows.map((row) => row.indexOf(Math.max(...row)));
  }

  /** The share of the samples whose class it predicts rightly. */
  score(X: MatrixLike, y: readonly number[]): number {
    return this.predict(X).filter((label, i) => label === y[i]).length / y.length;
  }
}

// The plain form of what a decorator does: a dispatchable method that is put on the prototype.
LogisticRegression.prototype.fit = system.method(
  "LogisticRegression.fit",
  { on: [0], fits: true },
  function fit(this: LogisticRegression, X: MatrixLike, y: readonly number[]): LogisticRegression {
    models.set(this, acceleratedGradient(withConstant((X as Matrix).rows), y, this.penalty));
    return this;
  },
);

LogisticRegression.prototype.probabilities = system.method(
  "LogisticRegression.probabilities",
  { on: [0] },
  function probabilities(this: LogisticRegression, X: MatrixLike): MatrixLike {
    const weights = learned(models, this);
    return new Matrix(withConstant((X as Matrix).rows).map((row) => probabilitiesOf(row, weights)));
  },
);
