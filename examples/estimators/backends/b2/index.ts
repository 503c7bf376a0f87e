// Backend b2: logistic regression, on matrices by columns.
import { LogisticRegression } from "../../logistic-regression.ts";
import { learned } from "../../not-fitted-error.ts";
import { system } from "../../system.ts";
import { ColumnMatrix } from "./column-matrix.ts";
import { newton } from "./newton.ts";
import { softmax } from "./softmax.ts";

const b2 = system.registerBackend({ name: "b2", primary: ["b2:ColumnMatrix"] });

/** The weights of one class after those of another. */
interface Weights {
  readonly weights: Float64Array;
  readonly classes: number;
}

const models = new WeakMap<object, Weights>();

b2.implement(LogisticRegression.prototype.fit, function (this: LogisticRegression, X: ColumnMatrix, y) {
  const classes = Math.max(...y) + 1;
  models.set(this, { weights: newton(X, y, classes, this.penalty), classes });
  return this;
});

b2.implement(LogisticRegression.prototype.probabilities, function (this: LogisticRegression, X: ColumnMatrix) {
  const { weights, classes } = learned(models, this);
  return new ColumnMatrix(softmax(X, weights, classes), [X.shape[0], classes]);
});
