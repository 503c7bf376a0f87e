// What follows from the moments of an image, whatever summed them up.
import type { Spacing } from "../spacing.ts";

/** Moments by powers of row and column: `moments[p][q]` is the sum of `row ** p * column ** q * sample`. */
export type Moments = readonly (readonly number[])[];

/** Moments of whole pixels as those in units of `spacing`. */
export function scaledMoments(moments: Moments, [row, column]: Spacing): number[][] {
  return moments.map((line, p) => line.map((moment, q) => row ** p * column ** q * moment));
}

/** Row and column of the centre of mass. NaN where the samples add up to 0. */
export function centroidOf(raw: Moments): [row: number, column: number] {
  const mass = raw[0]![0]!;
  return [raw[1]![0]! / mass, raw[0]![1]! / mass];
}

/**
 * The moments about the centre of mass, by the binomial theorem. Those of order 2 are differences of products, for a mask of whole numbers: what is
 * symmetric has exactly none of mixed order, on whose sign an orientation would depend.
 */
export function centralMoments(raw: Moments): number[][] {
  const [row, column] = centroidOf(raw);
  const central = raw.map((line, p) =>
    line.map((_, q) => {
      let sum = 0;
      for (let i = 0; i <= p; i++) {
        for (let j = 0; j <= q; j++) {
          sum += choose(p, i) * (-row) ** (p - i) * choose(q, j) * (-column) ** (q - j) * raw[i]![j]!;
        }
      }
      return sum;
    }),
  );
  const mass = raw[0]![0]! || Number.NaN;
  const [down, across] = [raw[1]![0]!, raw[0]![1]!];
  central[2]![0] = (raw[2]![0]! * mass - down * down) / mass;
  central[1]![1] = (raw[1]![1]! * mass - down * across) / mass;
  central[0]![2] = (raw[0]![2]! * mass - across * across) / mass;
  return central;
}

/**
 * Central moments that do not depend on the scale; NaN for the orders 0 and 1, which have none.
 *
 * @param side the smaller of a pixel's, in whose units lengths are.
 */
export function normalizedMoments(central: Moments, side: number = 1): number[][] {
  const mass = central[0]![0]!;
  return central.map((line, p) =>
    line.map((moment, q) => (p + q < 2 ? Number.NaN : moment / side ** (p + q) / mass ** ((p + q) / 2 + 1))),
  );
}

/**
 * Hu's seven invariants of translation, scale and rotation ("Visual pattern recognition by moment invariants", IRE Transactions on
 * Information Theory 8, 1962).
 */
export function huMoments(normalized: Moments): number[] {
  const nu = (p: number, q: number): number => normalized[p]![q]!;
  const sum = nu(2, 0) + nu(0, 2);
  const difference = nu(2, 0) - nu(0, 2);
  const [a, b] = [nu(3, 0) - 3 * nu(1, 2), 3 * nu(2, 1) - nu(0, 3)];
  const [c, d] = [nu(3, 0) + nu(1, 2), nu(2, 1) + nu(0, 3)];
  const [e, f] = [c * (c * c - 3 * d * d), d * (3 * c * c - d * d)];
  return [
    sum,
    difference * difference + 4 * nu(1, 1) ** 2,
    a * a + b * b,
    c * c + d * d,
    a * e + b * f,
    difference * (c * c - d * d) + 4 * nu(1, 1) * c * d,
    b * e - a * f,
  ];
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
