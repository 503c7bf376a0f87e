import { layOut } from "../../table.ts";

/** Numbers by the names of their columns, each as long as the others. */
export type Columns = Readonly<Record<string, ArrayLike<number>>>;

/**
 * A result that is no image, as columns: a number, numbers, rows of numbers, or a table such as that of
 * `measure.regionpropsTable`; `undefined` for anything else.
 */
export function columnsOf(value: unknown): Columns | undefined {
  if (typeof value === "number") return { value: [value] };
  if (isNumbers(value)) return { value };
  if (Array.isArray(value)) {
    if (!value.every(isNumbers)) return undefined;
    const width = Math.max(0, ...value.map((row) => row.length));
    return Object.fromEntries(
      Array.from({ length: width }, (_, column) => [column, value.map((row) => row[column] ?? NaN)]),
    );
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  return Object.values(value).every(isNumbers) ? (value as Columns) : undefined;
}

/** A result that is no image as JSON has it: numbers, lists and objects. NaN and infinities are `null`. */
export function jsonOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, column]) => [name, jsonOf(column)]));
}

/** Columns as CSV: their names, then a line to a row. */
export function csvOf(columns: Columns): string {
  return [Object.keys(columns), ...rowsOf(columns)].map((row) => `${row.join(",")}\n`).join("");
}

/** A result for people: a number as it is, all else as a table. */
export function textOf(value: unknown, columns: Columns): string {
  if (typeof value === "number") return String(value);
  const names = Object.keys(columns);
  return layOut(names, rowsOf(columns), [...names.keys()]);
}

function rowsOf(columns: Columns): string[][] {
  const all = Object.values(columns);
  return Array.from({ length: all[0]?.length ?? 0 }, (_, row) => all.map((column) => String(column[row])));
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  if (Array.isArray(value)) return value.every((one) => typeof one === "number");
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
