import { registerConverter, registerType } from "tagswitch";
import { Matrix, type MatrixLike } from "../../matrix.ts";

/** Features one after the other in one block of memory. */
export class ColumnMatrix implements MatrixLike {
  readonly data: Float64Array;
  readonly shape: readonly [samples: number, features: number];

  constructor(data: Float64Array, shape: readonly [samples: number, features: number]) {
    this.data = data;
    this.shape = shape;
  }
}
registerType(ColumnMatrix, "b2:ColumnMatrix");

registerConverter<Matrix, ColumnMatrix>({
  from: "estimators:Matrix",
  to: "b2:ColumnMatrix",
  convert({ rows, shape }) {
    const [samples, features] = shape;
    const data = new Float64Array(samples * features);
    for (const [i, row] of rows.entries()) {
      for (let j = 0; j < features; j++) data[j * samples + i] = row[j]!;
    }
    return new ColumnMatrix(data, shape);
  },
  bytes: ({ shape }) => 8 * shape[0] * shape[1],
});

registerConverter<ColumnMatrix, Matrix>({
  from: "b2:ColumnMatrix",
  to: "estimators:Matrix",
  convert: ({ data, shape: [samples, features] }) =>
    new Matrix(
      Array.from({ length: samples }, (_, i) => Array.from({ length: features }, (_f, j) => data[j * samples + i]!)),
    ),
  bytes: ({ data }) => data.byteLength,
});
