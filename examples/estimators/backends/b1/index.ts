// Backend b1: scaling and principal components, on dense matrices.
import { learned } from "../../not-fitted-error.ts";
import { PCA } from "../../pca.ts";
import { Scaler } from "../../scaler.ts";
import { system } from "../../system.ts";
import { covariance } from "./covariance.ts";
import { DenseMatrix } from "./dense-matrix.ts";
import { jacobi } from "./jacobi.ts";
import { moments } from "./moments.ts";

const b1 = system.registerBackend({ name: "b1", primary: ["b1:DenseMatrix"] });

/** `(x - centre) · directions`, the directions one after the other. */
interface Projection {
  readonly centre: Float64Array;
  readonly directions: Float64Array;
}

const scalings = new WeakMap<object, ReturnType<typeof moments>>();
const projections = new WeakMap<object, Projection>();

b1.implement(Scaler.prototype.fit, function (this: Scaler, X: DenseMatrix) {
  scalings.set(this, moments(X));
  return this;
});

b1.implement(Scaler.prototype.transform, function (this: Scaler, X: DenseMatrix) {
  const { means, deviations } = learned(scalings, this);
  const { data, shape } = X;
  const scaled = new Float64Array(data.length);
  for (let i = 0, j = 0; i < data.length; i++) {
    scaled[i] = (data[i]! - means[j]!) / deviations[j]!;
    if (++j === shape[1]) j = 0;
  }
  return new DenseMatrix(scaled, shape);
});

b1.implement(PCA.prototype.fit, function (this: PCA, X: DenseMatrix) {
  const { means } = moments(X);
  const features = X.shape[1];
  const directions = jacobi(covariance(X, means), features);
  projections.set(this, { centre: means, directions: directions.subarray(0, this.components * features) });
  return this;
});

b1.implement(PCA.prototype.transform, function (this: PCA, X: DenseMatrix) {
  const { centre, directions } = learned(projections, this);
  const { data, shape } = X;
  const [samples, features] = shape;
  const components = directions.length / features;
  const projected = new Float64Array(samples * components);
  for (let i = 0; i < samples; i++) {
    for (let k = 0; k < components; k++) {
      let sum = 0;
      for (let j = 0; j < features; j++) sum += (data[i * features + j]! - centre[j]!) * directions[k * features + j]!;
      projected[i * components + k] = sum;
    }
  }
  return new DenseMatrix(projected, [samples, components]);
});
