// Matrices from pairs of points.
import { ImageError } from "../errors.ts";
import { display, isFiniteNumber } from "../options.ts";
import { inverted, type Matrix, type Point, product } from "./matrix.ts";

/** A projective or affine matrix by the direct linear transform. */
export function estimatedHomography(operation: string, src: unknown, dst: unknown, isAffine: boolean): Matrix {
  const [from, to] = readPoints(operation, src, dst, isAffine ? 3 : 4);
  const [fromScale, toScale] = [normalization(from), normalization(to)];
  const back = toScale && inverted(toScale);
  if (fromScale === null || back === null) throw undetermined(operation);
  const move = (m: Matrix, [x, y]: Point): Point => [m[0][0] * x + m[0][2], m[1][1] * y + m[1][2]];
  // One equation for x and one for y: coefficients of the matrix's elements, the last two of the third row only if it is free.
  const equations = from.flatMap((point, i) => {
    const [x, y] = move(fromScale, point);
    const [u, v] = move(toScale!, to[i]!);
    const row = (target: number, ...upper: number[]): number[] =>
      isAffine ? [...upper, target] : [...upper, -target * x, -target * y, target];
    return [row(u, x, y, 1, 0, 0, 0), row(v, 0, 0, 0, x, y, 1)];
  });
  const solution = leastSquares(equations);
  if (solution === null) throw undetermined(operation);
  const [a, b, c, d, e, f, g = 0, h = 0] = solution as [
    number,
    number,
    number,
    number,
    number,
    number,
    number?,
    number?,
  ];
  const normalized: Matrix = [
    [a, b, c],
    [d, e, f],
    [g, h, 1],
  ];
  const matrix = product(product(back, normalized), fromScale);
  const last = matrix[2][2];
  const result = matrix.map((row) => row.map((value) => value / last));
  if (!result.flat().every(Number.isFinite)) throw undetermined(operation);
  return result as unknown as Matrix;
}

/** A rotation and translation, and a scale if `scales`, with the least squared error. */
export function estimatedSimilarity(operation: string, src: unknown, dst: unknown, scales: boolean): Matrix {
  const [from, to] = readPoints(operation, src, dst, 2);
  if (areAlike(from) || areAlike(to)) throw undetermined(operation);
  const [[fx, fy], [tx, ty]] = [centroid(from), centroid(to)];
  let [dot, cross, spread] = [0, 0, 0];
  for (const [i, [x, y]] of from.entries()) {
    const [[a, b], [u, v]] = [
      [x - fx, y - fy],
      [to[i]![0] - tx, to[i]![1] - ty],
    ] as const;
    dot += a * u + b * v;
    cross += a * v - b * u;
    spread += a * a + b * b;
  }
  // In the plane, the singular values of Umeyama's covariance come down to the length of this vector.
  const length = Math.hypot(dot, cross);
  if (!(length > 0)) throw undetermined(operation);
  const scale = scales ? length / spread : 1;
  const [cos, sin] = [(scale * dot) / length, (scale * cross) / length];
  return [
    [cos, -sin, tx - (cos * fx - sin * fy)],
    [sin, cos, ty - (sin * fx + cos * fy)],
    [0, 0, 1],
  ];
}

/** Two lists of as many points, `least` or more. */
export function readPoints(
  operation: string,
  src: unknown,
  dst: unknown,
  least: number,
): [readonly Point[], readonly Point[]] {
  const read = (name: string, given: unknown): Point[] => {
    const points: unknown[] = Array.isArray(given) ? [...given] : [];
    if (points.length >= least && points.every((point) => isPoint(point, isFiniteNumber))) return points as Point[];
    throw new ImageError(
      "ERR_IMAGE_OPTION",
      `${operation}: ${name} is ${display(given)}; expected at least ${least} ${least === 1 ? "point" : "points"} [x, y]`,
    );
  };
  const [from, to] = [read("src", src), read("dst", dst)];
  if (from.length === to.length) return [from, to];
  throw new ImageError(
    "ERR_IMAGE_OPTION",
    `${operation}: src has ${from.length} points and dst ${to.length}; expected as many`,
  );
}

/** Whether it is two coordinates of a kind. */
export function isPoint(given: unknown, isCoordinate: (each: unknown) => boolean): boolean {
  return Array.isArray(given) && given.length === 2 && [...(given as unknown[])].every(isCoordinate);
}

function undetermined(operation: string): ImageError {
  return new ImageError(
    "ERR_IMAGE_VALUE",
    `${operation}: the points do not determine a transform; expected some that lie apart`,
  );
}

/** Whether all points are one; their distances from the centre do not tell, which rounding moves. */
function areAlike(points: readonly Point[]): boolean {
  return points.every(([x, y]) => x === points[0]![0] && y === points[0]![1]);
}

function centroid(points: readonly Point[]): Point {
  const sum = (axis: 0 | 1): number => points.reduce((total, point) => total + point[axis], 0);
  return [sum(0) / points.length, sum(1) / points.length];
}

/** Takes the points' centre to 0 and the root of their mean squared coordinate to 1; `null` for points all alike. */
function normalization(points: readonly Point[]): Matrix | null {
  const [x, y] = centroid(points);
  const squares = points.reduce((total, point) => total + (point[0] - x) ** 2 + (point[1] - y) ** 2, 0);
  const scale = 1 / Math.sqrt(squares / (2 * points.length));
  if (!Number.isFinite(scale)) return null;
  return [
    [scale, 0, -x * scale],
    [0, scale, -y * scale],
    [0, 0, 1],
  ];
}

/** The unknowns for which `row · (unknowns, -1)` of all rows is least for its length; `null` where there are several. */
function leastSquares(rows: readonly (readonly number[])[]): number[] | null {
  const size = rows[0]!.length;
  const normal = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_unused, j) => rows.reduce((total, row) => total + row[i]! * row[j]!, 0)),
  );
  const { values, vectors } = eigen(normal);
  const order = [...values.keys()].toSorted((a, b) => values[a]! - values[b]!);
  const [least, second, greatest] = [order[0]!, values[order[1]!]!, values[order.at(-1)!]!];
  const vector = vectors.map((row) => row[least]!);
  const last = vector[size - 1]!;
  if (!(second > 1e-12 * greatest) || Math.abs(last) < 1e-8) return null;
  return vector.slice(0, -1).map((value) => -value / last);
}

/** Eigenvalues and, in columns, eigenvectors of a symmetric matrix, by Jacobi's rotations. */
function eigen(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((_unused, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = a[p]![q]!;
        if (apq === 0) continue;
        off = Math.max(off, Math.abs(apq));
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const [c, s] = [1 / Math.hypot(t, 1), t / Math.hypot(t, 1)];
        for (let k = 0; k < size; k++) turn(a[k]!, p, q, c, s);
        const [rowP, rowQ] = [[...a[p]!], [...a[q]!]];
        for (let k = 0; k < size; k++) {
          a[p]![k] = c * rowP[k]! - s * rowQ[k]!;
          a[q]![k] = s * rowP[k]! + c * rowQ[k]!;
        }
        for (let k = 0; k < size; k++) turn(vectors[k]!, p, q, c, s);
      }
    }
    if (off === 0) break;
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

/** Turns two elements of a row. */
function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p]!, row[q]!];
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}
