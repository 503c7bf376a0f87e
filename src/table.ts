import { createRequire } from "node:module";
import type CliTable from "cli-table3";
import type { CallRecord, Considered } from "./trace.ts";

/** Lays out rows of cells under a head. */
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

/** Calls as a table, those made on the way indented under their caller. */
export function callTable(calls: readonly CallRecord[]): string {
  const rows: string[][] = [];
  const add = (call: CallRecord, depth: number): void => {
    const milliseconds = call.milliseconds.toFixed(2);
    const conversions = call.conversions.map(
      ({ from, to, bytes }) => `${shortName(from)} → ${shortName(to)}${bytes === undefined ? "" : ` ${bytes} B`}`,
    );
    rows.push([
      "  ".repeat(depth) + call.function,
      call.backend ?? "nobody",
      milliseconds,
      conversions.join("\n"),
      refusalLines(call.considered),
    ]);
    for (const inner of call.calls) add(inner, depth + 1);
  };
  for (const call of calls) add(call, 0);
  return layOut(["function", "ran on", "ms", "converted", "refused"], rows, [2]);
}

/** The refusals among the backends considered, a line each. */
export function refusalLines(considered: readonly Considered[]): string {
  return considered
    .filter(({ verdict }) => verdict === "refused")
    .map(({ backend, reason }) => `${backend}: ${reason}`)
    .join("\n");
}

function shortName(identifier: string): string {
  return identifier.slice(identifier.indexOf(":") + 1);
}
