import { registerType } from "tagswitch";

/** Samples by features, however they are laid out in memory. Backends have types of their own. */
export interface MatrixLike {
  /** Samples, features. */
  readonly shape: readonly [samples: number, features: number];
}

/** The library's own type: an array for each sample. Easy to write and to read, and slow. */
export class Matrix implements MatrixLike {
  readonly rows: readonly (readonly number[])[];

  /** Keeps `rows`, which nobody may change afterwards and which must be equally long. */
  constructor(rows: readonly (readonly number[])[]) {
    this.rows = rows;
  }

  get shape(): readonly [number, number] {
    return [this.rows.length, this.rows[0]?.length ?? 0];
  }
}
registerType(Matrix, "estimators:Matrix");
