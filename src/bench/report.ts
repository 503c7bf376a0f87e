import { layOut } from "../table.ts";
import { type ContestSetting, describeSetting } from "./contest.ts";
import { CONTESTANTS } from "./contestants.ts";
import { machineLine } from "./machine.ts";
import type { DispatchBenchmark } from "./result.ts";
import type { Contest } from "./run-contest.ts";

/** A benchmark as tables for a terminal. */
export function formatBenchmark(benchmark: DispatchBenchmark): string {
  const { machine, contests, absent, figures } = benchmark;
  const parts = [machineLine(machine)];
  for (const group of groupsOf(contests)) parts.push(`\n${describeGroup(group[0]!)}; ns per call`, contestTable(group));
  for (const { contestant, reason } of absent) parts.push(`${contestant} is left out: ${reason}`);
  parts.push("", costTable(benchmark));
  if (figures.length > 0) {
    const rows = figures.map(({ name, value, limit, unit, holds }) => [
      name,
      `${value.toFixed(2)} ${unit}`,
      `${limit} ${unit}`,
      holds ? "yes" : "NO",
    ]);
    parts.push("", layOut(["figure", "measured", "at most", "holds"], rows, [1, 2]));
  }
  return parts.join("\n");
}

function contestTable(group: readonly Contest[]): string {
  const names = group[0]!.rows.map(({ contestant }) => contestant);
  const head = [
    "",
    ...group.flatMap(({ types }) => [types === 1 ? "1 type: min" : `${types}: min`, "median", "× direct"]),
  ];
  const rows = names.map((name) => {
    const cells = group.flatMap(({ rows: results }) => {
      const row = results.find(({ contestant }) => contestant === name);
      return row === undefined ? ["", "", ""] : [row.minimum, row.median, row.ratio].map((value) => value.toFixed(2));
    });
    return [CONTESTANTS[name].label, ...cells];
  });
  return layOut(head, rows, [...head.keys()].slice(1));
}

function costTable({ creation, startUp, scope, inspection, discovery, importing }: DispatchBenchmark): string {
  const { withoutScopes, afterAScope, inAScope } = scope.awaitNanoseconds;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const rows = [
    [
      "creating a dispatchable, until its first call",
      `${creation.medianMicroseconds.toFixed(1)} µs`,
      `mean ${creation.meanMicroseconds.toFixed(1)}, the first ${creation.firstMicroseconds.toFixed(0)}, of ${creation.count}`,
    ],
    [
      `registering ${startUp.dispatchables} dispatchables with two backends, ${startUp.types} types`,
      `${startUp.milliseconds.toFixed(1)} ms`,
      "the addon loaded already",
    ],
    [
      `their first ${startUp.firstCalls} calls`,
      `${startUp.firstCallsMilliseconds.toFixed(1)} ms`,
      `table ${megabytes(startUp.tableBytesUsed)} of ${megabytes(startUp.tableBytesReserved)}`,
    ],
    ["opening and closing a scope", `${scope.enterNanoseconds.toFixed(0)} ns`, ""],
    [
      "explaining a call",
      `${inspection.explainMicroseconds.toFixed(1)} µs`,
      `${inspection.backends} backends; running it ${inspection.decidedCallMicroseconds.toFixed(1)} µs, tracing one that is certain ${inspection.traceMicroseconds.toFixed(1)} µs`,
    ],
    [
      "finding backends",
      `${discovery.milliseconds.toFixed(1)} ms`,
      `${discovery.packages} packages, ${discovery.entries} entries in manifests`,
    ],
    [
      "an await, before the first scope",
      `${withoutScopes.toFixed(0)} ns`,
      `after one ${afterAScope.toFixed(0)} ns, in one ${inAScope.toFixed(0)} ns`,
    ],
    ...Object.entries(importing.addedMilliseconds).map(([entry, added]) => [
      `importing ${entry}`,
      `${added.toFixed(1)} ms`,
      `over Node's own ${importing.nodeMilliseconds.toFixed(1)} ms`,
    ]),
  ];
  return layOut(["once", "", ""], rows, [1]);
}

/** Contests that differ in nothing but the number of types. */
export function groupsOf(contests: readonly Contest[]): Contest[][] {
  const groups = new Map<string, Contest[]>();
  for (const contest of contests) {
    const key = describeGroup(contest);
    groups.set(key, [...(groups.get(key) ?? []), contest]);
  }
  return [...groups.values()];
}

/** What the contests of a group have in common, in words. */
export function describeGroup(setting: ContestSetting): string {
  const words = describeSetting(setting);
  return words.slice(words.indexOf(", ") + 2);
}
