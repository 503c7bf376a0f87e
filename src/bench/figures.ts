import type { ContestantName } from "./contestants.ts";
import type { Contest } from "./run-contest.ts";
import type { DispatchBenchmark, Figure } from "./result.ts";
import { median, medianRatio } from "./statistics.ts";

/** The figures that the package is held to, as far as they were measured. */
export function figuresOf(measured: Omit<DispatchBenchmark, "figures">): Figure[] {
  const { contests, creation, startUp, scope, inspection, discovery, importing, machine } = measured;
  const figures: Figure[] = [];
  const add = (name: string, value: number | undefined, limit: number, unit: Figure["unit"]): void => {
    if (value !== undefined && !Number.isNaN(value)) figures.push({ name, value, limit, unit, holds: value <= limit });
  };
  const ratio = (types: number, over: ContestantName): number =>
    medianRatio(turns(contests, types, 1, "ours"), turns(contests, types, 1, over));
  const overOne = (types: number): number =>
    medianRatio(turns(contests, types, 2, "ours"), turns(contests, types, 1, "ours"));

  add("one type, over the direct call", ratio(1, "direct"), 1.4, "×");
  add("4 types, over Map by constructor", ratio(4, "map"), 0.75, "×");
  add("32 types, over a virtual method", ratio(32, "virtual"), 1.3, "×");
  for (const types of [1, 4, 32]) {
    const noun = types === 1 ? "one type" : `${types} types`;
    add(`two arguments over one, ${noun}`, overOne(types), 1.4, "×");
  }
  const major = Number(machine.node.slice(1).split(".")[0]);
  const without = turns(contests, 1, 1, "ours");
  const added = median(turns(contests, 1, 1, "ours-scope").map((turn, i) => turn - without[i]!));
  add("in a scope, added to a call", added, major < 24 ? 12 : 8, "ns");
  add("creating a dispatchable", creation.medianMicroseconds, 5, "µs");
  add(`start-up, ${startUp.dispatchables} dispatchables, ${startUp.types} types`, startUp.milliseconds, 20, "ms");
  add("table of these", Math.max(startUp.tableBytesUsed, startUp.tableBytesReserved) / 1e6, 8, "MB");
  // Before Node 24 a scope is an asynchronous hook, which costs what it costs.
  if (major >= 24) add("opening and closing a scope", scope.enterNanoseconds, 1000, "ns");
  add("explaining a call", inspection.explainMicroseconds, 50, "µs");
  add(`finding backends, ${discovery.entries} entries`, discovery.milliseconds, 100, "ms");
  for (const [entry, milliseconds] of Object.entries(importing.addedMilliseconds)) {
    add(`importing ${entry}, over Node's start`, milliseconds, 40, "ms");
  }
  return figures;
}

/** At a hot call site, with implementations that are not inlined; none if that was not measured. */
function turns(
  contests: readonly Contest[],
  types: number,
  count: number,
  contestant: ContestantName,
): readonly number[] {
  const contest = contests.find(
    ({ site, inlinable, ...setting }) =>
      site === "hot" && !inlinable && setting.types === types && setting.arguments === count,
  );
  return contest?.rows.find((row) => row.contestant === contestant)?.turns ?? [];
}
