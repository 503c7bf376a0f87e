import { isFiniteNumber, type OptionReader } from "./options.ts";

/** Height and width of a pixel, in a unit of the caller's. */
export type Spacing = readonly [row: number, column: number];

/** Reads the option `spacing`, or one that says the same: a number above 0, or two of them; 1 where none is given. */
export function readSpacing(read: OptionReader, name = "spacing"): Spacing {
  const given = read.value(name) ?? 1;
  const [row, column, ...more]: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [given, given];
  if (isSide(row) && isSide(column) && more.length === 0) return [row, column];
  throw read.invalid(name, given, "a finite number above 0, or two of them, for rows and columns");
}

function isSide(value: unknown): value is number {
  return isFiniteNumber(value) && value > 0;
}

/**
 * Reads an option as {@link readSpacing} does, for distances, of which the squares are computed: from 10⁻⁹⁰ to 10⁹⁰, so that products of a
 * few of them are numbers.
 */
export function readDistanceSpacing(read: OptionReader, name = "spacing"): Spacing {
  const spacing = readSpacing(read, name);
  if (spacing.every((side) => side >= 1e-90 && side <= 1e90)) return spacing;
  throw read.invalid(name, spacing, "numbers from 1e-90 to 1e90, of which squares are computed");
}
