import type { OptionReader } from "../options.ts";

/** Rows and columns of a window, both odd. */
export type WindowSize = readonly [rows: number, columns: number];

/** Windows of more rows or columns are refused: a slip, and minutes of work. */
const MAX_SIDE = 65_535;

/** An option that is the odd side of a window, or a row's and a column's. */
export function readWindowSize(read: OptionReader, name: string, fallback: number): WindowSize {
  const given = read.value(name) ?? fallback;
  const pair: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [given, given];
  const odd = (side: unknown): boolean =>
    Number.isSafeInteger(side) && (side as number) % 2 === 1 && (side as number) > 0 && (side as number) <= MAX_SIDE;
  if (pair.length === 2 && pair.every(odd)) return pair as unknown as WindowSize;
  throw read.invalid(name, given, `an odd number from 1 to ${MAX_SIDE}, or two of them: [rows, columns]`);
}
