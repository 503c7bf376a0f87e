import { registerConverter, registerType } from "tagswitch";
import { Matrix, type MatrixLike } from "../../matrix.ts";

/** Samples one after the other in one block of memory. */
export class DenseMatrix implements MatrixLike {
  readonly data: Float64Array;
  readonly shape: readonly [samples: number, features: number];

  constructor(data: Float64Array, shape: readonly [samples: number, features: number]) {
    this.data = data;
    this.shape = shape;
  }
}
registerType(DenseMatrix, "b1:DenseMatrix");

registerConverter<Matrix, DenseMatrix>({
  from: "estimators:Matrix",
  to: "b1:DenseMatrix",
  convert({ rows, shape }) {
    const data = new Float64Array(shape[0] * shape[1]);
    for (const [i, row] of rows.entries()) data.set(row, i * shape[1]);
    return new DenseMatrix(data, shape);
  },
  bytes: ({ shape }) => 8 * shape[0] * shape[1],
});

registerConverter<DenseMatrix, Matrix>({
  from: "b1:DenseMatrix",
  to: "estimators:Matrix",
  convert: ({ data, shape: [samples, features] }) =>
    new Matrix(Array.from({ length: samples }, (_, i) => [...data.subarray(i * features, (i + 1) * features)])),
  bytes: ({ data }) => data.byteLength,
});
