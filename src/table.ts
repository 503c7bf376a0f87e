import { createRequire } from "node:module";
import type CliTable from "cli-table3";

/**
 * Lays out rows of cells under a head.
 *
 * @param right the columns that are set to the right.
 */
export function layOut(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  // Loaded with the first table: printing is for few, importing for all.
  const Table = createRequire(import.meta.url)("cli-table3") as typeof CliTable;
  const colAligns = head.map((_, i): "left" | "right" => (right.includes(i) ? "right" : "left"));
  const table = new Table({ head: [...head], colAligns, style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
