// What follows from the central moments of a region: the ellipse that has the same of order 2.
import type { Moments } from "./moment-matrix.ts";

/** Rows of a symmetric matrix. */
export type InertiaTensor = [[number, number], [number, number]];

/** The inertia tensor of a region about its centre of mass. */
export function inertiaTensorOf(central: Moments): InertiaTensor {
  const mass = central[0]![0]!;
  const mixed = -central[1]![1]! / mass;
  return [
    [central[0]![2]! / mass, mixed],
    [mixed, central[2]![0]! / mass],
  ];
}

/** Its eigenvalues, the larger first. */
export function inertiaEigvals([[a, b], [, c]]: InertiaTensor): [larger: number, smaller: number] {
  if (b === 0) return [Math.max(a, c), Math.min(a, c)];
  const larger = (a + c) / 2 + Math.hypot((a - c) / 2, b);
  // By the determinant, which loses less than a difference.
  return [larger, Math.max((a * c - b * b) / larger, 0)];
}

/** The angle from the rows' axis to the major axis, -π/2 to π/2, counter-clockwise. */
export function orientationOf([[a, b], [, c]]: InertiaTensor): number {
  if (a === c) return b < 0 ? Math.PI / 4 : -Math.PI / 4;
  return 0.5 * Math.atan2(-2 * b, c - a);
}
