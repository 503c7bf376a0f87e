// Philox4x32-10, a generator whose numbers have places: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011.

/** Four 32-bit words. */
export type Words = readonly [number, number, number, number];

/** The words that a key has at a place: the same wherever they are computed, and in whatever order. */
export function philox(place: Words, [key0, key1]: readonly [number, number]): Words {
  let [a, b, c, d] = place;
  for (let round = 0; round < 10; round++) {
    const [first, second] = [key0 + Math.imul(round, 0x9e3779b9), key1 + Math.imul(round, 0xbb67ae85)];
    const [low0, high0] = product(0xd2511f53, a);
    const [low1, high1] = product(0xcd9e8d57, c);
    [a, b, c, d] = [(high1 ^ b ^ first) >>> 0, low1, (high0 ^ d ^ second) >>> 0, low0];
  }
  return [a, b, c, d];
}

/** The lower and the upper word of the product of two. */
function product(a: number, b: number): [low: number, high: number] {
  const [upperA, lowerA, upperB, lowerB] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = upperA * lowerB + ((lowerA * lowerB) >>> 16);
  const carry = (lowerA * upperB + (middle & 0xffff)) >>> 16;
  return [Math.imul(a, b) >>> 0, (upperA * upperB + (middle >>> 16) + carry) >>> 0];
}
