import { Matrix, type MatrixLike } from "./matrix.ts";
import { learned } from "./not-fitted-error.ts";
import { columns, mean } from "./statistics.ts";
import { system } from "./system.ts";

/** What scaling knows of each feature. */
interface Scales {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

const models = new WeakMap<object, Scales>();

/**
 * Moves and stretches each feature to mean 0 and variance 1. Variances are the training samples' own, divided by their
 * number; a feature that never changes is only moved.
 */
export class Scaler {
  @system.method("Scaler.fit", { on: [0], fits: true })
  fit(X: MatrixLike): this {
    const features = columns((X as Matrix).rows);
    const means = features.map(mean);
    const variances = features.map((column, j) => mean(column.map((x) => (x - means[j]!) ** 2)));
    models.set(this, { means, deviations: variances.map((variance) => Math.sqrt(variance) || 1) });
    return this;
  }

  /** @throws NotFittedError */
  @system.method("Scaler.transform", { on: [0] })
  transform(X: MatrixLike): MatrixLike {
    const { means, deviations } = learned(models, this);
    return new Matrix((X as Matrix).rows.map((row) => row.map((x, j) => (x - means[j]!) / deviations[j]!)));
  }
}
