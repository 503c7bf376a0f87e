import { hestenes } from "./hestenes.ts";
import { Matrix, type MatrixLike } from "./matrix.ts";
import { learned } from "./not-fitted-error.ts";
import { columns, dot, mean } from "./statistics.ts";
import { system } from "./system.ts";

/** Where the samples' centre lies, and the directions in which they spread, a row each. */
interface Axes {
  readonly centre: readonly number[];
  readonly directions: readonly (readonly number[])[];
}

const models = new WeakMap<object, Axes>();

/**
 * Principal component analysis: samples by their coordinates along the directions in which they vary most.
 *
 * Pearson, K. (1901): On lines and planes of closest fit to systems of points in space. Philosophical Magazine 2 (11).
 *
 * A direction is determined up to its sign only; here its largest entry is positive.
 */
export class PCA {
  /** How many directions are kept; at most as many as there are features. */
  readonly components: number;

  constructor(components: number) {
    this.components = components;
  }

  @system.method("PCA.fit", { on: [0], fits: true })
  fit(X: MatrixLike): this {
    const features = columns((X as Matrix).rows);
    const centre = features.map(mean);
    const centred = features.map((column, j) => column.map((x) => x - centre[j]!));
    models.set(this, { centre, directions: hestenes(centred).slice(0, this.components) });
    return this;
  }

  /** @throws NotFittedError */
  @system.method("PCA.transform", { on: [0] })
  transform(X: MatrixLike): MatrixLike {
    const { centre, directions } = learned(models, this);
    const centred = (X as Matrix).rows.map((row) => row.map((x, j) => x - centre[j]!));
    return new Matrix(centred.map((row) => directions.map((direction) => dot(row, direction))));
  }
}
