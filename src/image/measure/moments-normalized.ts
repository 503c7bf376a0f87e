import { ImageError } from "../errors.ts";
import { display, OptionReader } from "../options.ts";
import { readSpacing, type Spacing } from "../spacing.ts";
import { type Moments, normalizedMoments } from "./moment-matrix.ts";

/** Options of `measure.momentsNormalized`. */
export interface MomentsNormalizedOptions {
  /** The highest power of row and of column, 0 to 16 and no more than `mu` has. Default 3. */
  order?: number;
  /** As of the central moments: lengths are measured by the smaller side of a pixel. Default 1. */
  spacing?: number | Spacing;
}

/**
 * Central moments that do not depend on the scale: scikit-image's `moments_normalized`.
 *
 * @param mu central moments, as `measure.momentsCentral` gives them, of `order` or more.
 * @returns `order + 1` rows of `order + 1` numbers, by the powers of row and column; NaN for the total orders 0 and 1, which have none, and no
 * finite numbers where the samples add up to 0.
 * @throws ImageError `ERR_IMAGE_OPTION`.
 */
export function momentsNormalized(mu: Moments, options?: MomentsNormalizedOptions): number[][] {
  const read = new OptionReader("measure.momentsNormalized", options, ["order", "spacing"], false);
  const order = read.integer("order", 3, 0, 16);
  const side = Math.min(...readSpacing(read));
  const rows: readonly unknown[] = Array.isArray(mu) ? mu.slice(0, order + 1) : [];
  if (rows.length <= order || !rows.every((row) => isRow(row, order))) {
    const expected = `rows of numbers, ${order + 1} of ${order + 1} at least`;
    throw new ImageError("ERR_IMAGE_OPTION", `measure.momentsNormalized: mu is ${display(mu)}; expected ${expected}`);
  }
  const lines = (rows as Moments).map((row) => row.slice(0, order + 1));
  return normalizedMoments(lines, side);
}

function isRow(row: unknown, order: number): boolean {
  return Array.isArray(row) && row.length > order && [...row].every((moment) => typeof moment === "number");
}
