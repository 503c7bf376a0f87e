import { ImageError } from "../errors.ts";
import { display, isFiniteNumber } from "../options.ts";

/** A point, or a translation: column first, as in scikit-image's transforms. */
export type Point = readonly [x: number, y: number];

type Row = readonly [number, number, number];

/** A homogeneous transform of points `[x, y, 1]`, row by row. */
export type Matrix = readonly [Row, Row, Row];

/** The transform that changes nothing. */
export const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** A copy of a 3 × 3 matrix of finite numbers, or an `ERR_IMAGE_OPTION` error of `operation`. */
export function readMatrix(operation: string, name: string, given: unknown): Matrix {
  const rows: unknown[] = Array.isArray(given) ? [...given] : [];
  const isRow = (row: unknown): row is Row => Array.isArray(row) && row.length === 3 && [...row].every(isFiniteNumber);
  if (rows.length === 3 && rows.every(isRow)) return rows.map((row) => [...row]) as unknown as Matrix;
  throw new ImageError(
    "ERR_IMAGE_OPTION",
    `${operation}: ${name} is ${display(given)}; expected three rows of three finite numbers`,
  );
}

/**
 * `a · b`: what first does `b`, then `a`. To the last bit what NumPy's BLAS gives, which adds products before they are rounded: in a rotation
 * pixels may lie just between two others, and that bit decides which of them is the nearest.
 */
export function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    [0, 1, 2].map((k) => multiplyAdd(row[2], b[2][k]!, multiplyAdd(row[1], b[1][k]!, row[0] * b[0][k]!))),
  ) as unknown as Matrix;
}

/** `a · b + c`, rounded once but for rare ties: T. J. Dekker, "A floating-point technique for extending the available precision" (1971). */
function multiplyAdd(a: number, b: number, c: number): number {
  const multiple = a * b;
  const sum = multiple + c;
  const [[aHigh, aLow], [bHigh, bLow]] = [halves(a), halves(b)];
  const multipleError = aHigh * bHigh - multiple + aHigh * bLow + aLow * bHigh + aLow * bLow;
  const added = sum - multiple;
  const sumError = multiple - (sum - added) + (c - added);
  const fused = sum + (sumError + multipleError);
  // Numbers too large to be halved have no errors that are finite.
  return Number.isFinite(fused) ? fused : sum;
}

/** A number as the sum of two of half as many bits. */
function halves(value: number): [high: number, low: number] {
  const scaled = value * (2 ** 27 + 1);
  const high = scaled - (scaled - value);
  return [high, value - high];
}

/**
 * The inverse, by elimination with partial pivoting; `null` where there is none in 64 bits. Of affine matrices it is to the last bit what
 * NumPy's LAPACK gives, as {@link product} is: factors are multiples of reciprocals.
 */
export function inverted(m: Matrix): Matrix | null {
  const rows = m.map((row, r) => [...row, ...[0, 1, 2].map((c) => (r === c ? 1 : 0))]);
  for (let k = 0; k < 3; k++) {
    const sizes = rows.map((row, r) => (r < k ? -1 : Math.abs(row[k]!)));
    const pivot = sizes.indexOf(Math.max(...sizes));
    if (pivot < 0 || sizes[pivot] === 0) return null;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (const row of rows.slice(k + 1)) {
      const factor = row[k]! * (1 / rows[k]![k]!);
      for (let c = k + 1; c < 6; c++) row[c]! -= factor * rows[k]![c]!;
    }
  }
  for (let k = 2; k >= 0; k--) {
    const row = rows[k]!;
    for (let c = 3; c < 6; c++) {
      for (let i = k + 1; i < 3; i++) row[c]! -= row[i]! * rows[i]![c]!;
      row[c]! *= 1 / row[k]!;
    }
  }
  const result = rows.map((row) => row.slice(3));
  return result.flat().every(Number.isFinite) ? (result as unknown as Matrix) : null;
}

/** Where a point goes; not finite where that is nowhere. */
export function applied(m: Matrix, point: Point): Point {
  return divided(m, point, (row, [x, y]) => row[0] * x + row[1] * y + row[2]);
}

/** The same to the last bit as NumPy's BLAS gives it, as {@link product} does. */
export function multiplied(m: Matrix, point: Point): Point {
  return divided(m, point, (row, [x, y]) => multiplyAdd(row[1], y, row[0] * x) + row[2]);
}

function divided(m: Matrix, point: Point, along: (row: Row, point: Point) => number): Point {
  const scale = along(m[2], point);
  return [along(m[0], point) / scale, along(m[1], point) / scale];
}
