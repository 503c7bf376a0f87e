import type { ContestantName } from "./contestants.ts";
import type { Contest } from "./run-contest.ts";
import type { DispatchBenchmark, Figure } from "./result.ts";

/** The figures that the package is held to, as far as they were measured. */
export function figuresOf(measured: Omit<DispatchBenchmark, "figures">): Figure[] {
  const { contests, creation, startUp, importing, machine } = measured;
  const figures: Figure[] = [];
  const add = (name: string, value: number | undefined, limit: number, unit: Figure["unit"]): void => {
    if (value !== undefined && !Number.isNaN(value)) figures.push({ name, value, limit, unit, holds: value <= limit });
  };
  const time = (types: number, count: number, contestant: ContestantName): number =>
    nanoseconds(contests, types, count, contestant);

  add("one type, over the direct call", time(1, 1, "ours") / time(1, 1, "direct"), 1.4, "×");
  add("4 types, over Map by constructor", time(4, 1, "ours") / time(4, 1, "map"), 0.75, "×");
  add("32 types, over a virtual method", time(32, 1, "ours") / time(32, 1, "virtual"), 1.3, "×");
  for (const types of [1, 4, 32]) {
    const noun = types === 1 ? "one type" : `${types} types`;
    add(`two arguments over one, ${noun}`, time(types, 2, "ours") / time(types, 1, "ours"), 1.4, "×");
  }
  const major = Number(machine.node.slice(1).split(".")[0]);
  add("in a scope, added to a call", time(1, 1, "ours-scope") - time(1, 1, "ours"), major < 24 ? 12 : 8, "ns");
  add("creating a dispatchable", creation.medianMicroseconds, 5, "µs");
  add(`start-up, ${startUp.dispatchables} dispatchables, ${startUp.types} types`, startUp.milliseconds, 20, "ms");
  add("table of these", Math.max(startUp.tableBytesUsed, startUp.tableBytesReserved) / 1e6, 8, "MB");
  for (const [entry, added] of Object.entries(importing.addedMilliseconds)) {
    add(`importing ${entry}, over Node's start`, added, 40, "ms");
  }
  return figures;
}

/** At a hot call site, with implementations that are not inlined; NaN if that was not measured. */
function nanoseconds(contests: readonly Contest[], types: number, count: number, contestant: ContestantName): number {
  const contest = contests.find(
    ({ site, inlinable, ...setting }) =>
      site === "hot" && !inlinable && setting.types === types && setting.arguments === count,
  );
  return contest?.rows.find((row) => row.contestant === contestant)?.median ?? Number.NaN;
}
