import { createRequire } from "node:module";
import type CliTable from "cli-table3";
import type { ConversionRecord } from "./conversion/index.ts";
import type { CallRecord, Considered } from "./trace.ts";

/** Colours a text by the kind of value that it is, as `util.inspect` would. */
export type Stylize = (text: string, kind: "null" | "number" | "regexp" | "string" | "undefined") => string;

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ORDINAL_ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

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

/** Calls as a table, those made on the way as branches of a tree under their caller. */
export function callTable(calls: readonly CallRecord[], stylize: Stylize = (text) => text): string {
  const rows: string[][] = [];
  const add = (call: CallRecord, branch: string, stem: string): void => {
    const others = [
      ranOn(call, stylize),
      call.milliseconds.toFixed(2),
      call.conversions.map((conversion) => conversionLine(conversion, stylize)).join("\n"),
      styledLines(refusalLines(call.considered), "undefined", stylize),
    ];
    // A row of several lines does not cut the tree.
    const height = Math.max(...others.map((cell) => cell.split("\n").length));
    const below = stem + (call.calls.length > 0 ? "│" : "");
    const lines = [branch + call.function, ...Array.from({ length: height - 1 }, () => below)];
    rows.push([lines.join("\n"), ...others]);
    for (const [i, inner] of call.calls.entries()) {
      const isLast = i === call.calls.length - 1;
      add(inner, stem + (isLast ? "└─ " : "├─ "), stem + (isLast ? "   " : "│  "));
    }
  };
  for (const call of calls) add(call, "", "");
  return layOut(["function", "ran on", "ms", "converted", "refused"], rows, [2]);
}

/** The refusals among the backends considered, a line each. */
export function refusalLines(considered: readonly Considered[]): string {
  return considered
    .filter(({ verdict }) => verdict === "refused")
    .map(({ backend, reason }) => `${backend}: ${reason}`)
    .join("\n");
}

function ranOn({ backend, error }: CallRecord, stylize: Stylize): string {
  if (backend === undefined) return stylize("nobody", "regexp");
  return error === undefined ? backend : `${backend}, ${stylize("threw", "regexp")}`;
}

function conversionLine({ from, to, bytes, cached, copy }: ConversionRecord, stylize: Stylize): string {
  const line = `${shortName(from)} → ${shortName(to)}`;
  if (cached) return `${line} ${stylize("cached", "string")}`;
  const copied = bytes === undefined ? line : `${line} ${bytes} B`;
  return copy > 1 ? `${copied}, ${stylize(`${ordinal(copy)} copy`, "number")}` : copied;
}

function styledLines(text: string, kind: Parameters<Stylize>[1], stylize: Stylize): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : stylize(line, kind)))
    .join("\n");
}

function ordinal(count: number): string {
  return `${count}${ORDINAL_ENDINGS[ORDINALS.select(count)] ?? "th"}`;
}

function shortName(identifier: string): string {
  return identifier.slice(identifier.indexOf(":") + 1);
}
