import { dot } from "./statistics.ts";

/** Columns whose angle differs from a right one by no more than this count as orthogonal. */
const TOLERANCE = 1e-15;
/** Ten are enough for any matrix that was ever met. */
const SWEEPS = 60;

/**
 * The right singular vectors of a matrix given by its columns, those of the largest singular values first, by rotating
 * pairs of columns until all are orthogonal.
 *
 * Hestenes, M. R. (1958): Inversion of matrices by biorthogonalization and related results. Journal of the Society for
 * Industrial and Applied Mathematics 6 (1).
 */
export function hestenes(columns: readonly (readonly number[])[]): number[][] {
  const rotated = columns.map((column) => [...column]);
  const vectors = columns.map((_, i) => columns.map((_column, j) => (i === j ? 1 : 0)));
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (let i = 0; i < rotated.length; i++) {
      for (let j = i + 1; j < rotated.length; j++) {
        const [a, b, c] = [dot(rotated[i]!, rotated[i]!), dot(rotated[j]!, rotated[j]!), dot(rotated[i]!, rotated[j]!)];
        if (Math.abs(c) <= TOLERANCE * Math.sqrt(a * b)) continue;
        moved = true;
        const [cosine, sine] = rotation(a, b, c);
        rotate(rotated, i, j, cosine, sine);
        rotate(vectors, i, j, cosine, sine);
      }
    }
  }
  return vectors
    .map((vector, i) => ({ vector, strength: dot(rotated[i]!, rotated[i]!) }))
    .toSorted((a, b) => b.strength - a.strength)
    .map(({ vector }) => withSign(vector));
}

/** The smaller of the angles that make columns of these inner products orthogonal, as cosine and sine. */
function rotation(a: number, b: number, c: number): [cosine: number, sine: number] {
  const zeta = (b - a) / (2 * c);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  return [cosine, cosine * tangent];
}

function rotate(columns: number[][], i: number, j: number, cosine: number, sine: number): void {
  const [left, right] = [columns[i]!, columns[j]!];
  columns[i] = left.map((x, k) => cosine * x - sine * right[k]!);
  columns[j] = left.map((x, k) => sine * x + cosine * right[k]!);
}

function withSign(vector: readonly number[]): number[] {
  const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return vector.map((x) => (largest < 0 ? -x : x));
}
