const SWEEPS = 60;
/** What counts as zero beside the largest entry. */
const TOLERANCE = 1e-16;

/**
 * The eigenvectors of a symmetric matrix one after the other, those of the largest eigenvalues first, by rotating its
 * entries off the diagonal away, row by row. The largest entry of each is positive.
 *
 * Golub, G. H., Van Loan, C. F. (2013): Matrix computations, 4th edition, section 8.5 (Jacobi 1846).
 *
 * @param matrix changed.
 */
export function jacobi(matrix: Float64Array, size: number): Float64Array {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const small = TOLERANCE * matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = matrix[p * size + q]!;
        if (Math.abs(off) <= small) continue;
        moved = true;
        const tau = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * off);
        const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        const sine = tangent * cosine;
        turn(matrix, size, 1, p * size, q * size, cosine, sine);
        turn(matrix, size, size, p, q, cosine, sine);
        turn(vectors, size, 1, p * size, q * size, cosine, sine);
      }
    }
  }
  return sorted(matrix, vectors, size);
}

/** Turns two rows (stride 1) or two columns (stride `size`) against each other. */
function turn(
  entries: Float64Array,
  size: number,
  stride: number,
  first: number,
  second: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < size; k++) {
    const a = entries[first + k * stride]!;
    const b = entries[second + k * stride]!;
    entries[first + k * stride] = cosine * a - sine * b;
    entries[second + k * stride] = sine * a + cosine * b;
  }
}

function sorted(diagonal: Float64Array, vectors: Float64Array, size: number): Float64Array {
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((a, b) => diagonal[b * size + b]! - diagonal[a * size + a]!);
  const result = new Float64Array(size * size);
  for (const [row, i] of order.entries()) {
    const vector = vectors.subarray(i * size, (i + 1) * size);
    const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    for (let j = 0; j < size; j++) result[row * size + j] = largest < 0 ? -vector[j]! : vector[j]!;
  }
  return result;
}
