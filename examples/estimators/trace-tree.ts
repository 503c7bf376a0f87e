import type { CallRecord } from "tagswitch";

/** Calls as a tree, a line each: what ran where, what was converted for it, how long it took. */
export function traceTree(calls: readonly CallRecord[], indent = ""): string[] {
  return calls.flatMap((call, i) => {
    const isLast = i === calls.length - 1;
    const conversions = call.conversions.map(({ from, to }) => `${shortName(from)} → ${shortName(to)}`);
    const notes = [`${call.milliseconds.toFixed(2)} ms`, ...conversions].join(", ");
    const name = `${indent}${isLast ? "└─" : "├─"} ${call.function}`;
    const line = `${name.padEnd(40)} ${(call.backend ?? "nobody").padEnd(8)} ${notes}`;
    return [line, ...traceTree(call.calls, `${indent}${isLast ? "   " : "│  "}`)];
  });
}

function shortName(identifier: string): string {
  return identifier.slice(identifier.indexOf(":") + 1);
}
