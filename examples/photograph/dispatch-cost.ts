// What dispatch costs on this machine: the benchmark's quick run, cut down to what a newcomer asks first.
import { benchDispatch, type ContestantName, type ContestSetting } from "tagswitch/bench";
import { table } from "./terminal.ts";

/** Nanoseconds per call, medians: the ways to find an implementation, by how many types the function is called with. */
export interface DispatchCost {
  readonly types: readonly number[];
  readonly ways: readonly { readonly way: string; readonly nanoseconds: readonly number[] }[];
}

const TYPES = [1, 4, 32] as const;
const WAYS: Partial<Record<ContestantName, string>> = {
  direct: "call the one implementation there is",
  virtual: "a method of the classes",
  map: "a Map from constructor to implementation",
  ours: "tagswitch",
  "ours-scope": "tagswitch, inside backend(…)",
  "napi-raw": "ask Rust on every call",
};

/** A few seconds' worth: enough to see who costs what, not to tell near ones apart. */
const PACE = { warmUpMilliseconds: 60, rounds: 7, turnMilliseconds: 4, importRounds: 1 };

/** Measures for some seconds; `onProgress` is told which share is done. */
export async function measureDispatch(onProgress: (share: number) => void): Promise<DispatchCost> {
  const settings = TYPES.map((types): ContestSetting => ({ types, arguments: 1, site: "hot", inlinable: false }));
  const contestants = Object.keys(WAYS) as ContestantName[];
  const { contests } = await benchDispatch({
    quick: true,
    settings,
    contestants,
    pace: PACE,
    onProgress: (_step, share) => onProgress(share),
  });
  const ways = contestants.map((name) => ({
    way: WAYS[name]!,
    nanoseconds: contests.map(({ rows }) => rows.find(({ contestant }) => contestant === name)?.median ?? Number.NaN),
  }));
  return { types: TYPES, ways };
}

/** The figures as a table. */
export function dispatchReport({ types, ways }: DispatchCost): string {
  const rows = ways.map(({ way, nanoseconds }) => [way, ...nanoseconds.map((time) => time.toFixed(1))]);
  const head = ["nanoseconds per call", ...types.map((count) => `${count} type${count === 1 ? "" : "s"}`)];
  const note = "  Implementations too large to inline, hot call sites. More, and more exactly: npx tagswitch bench";
  return [table(head, rows, [1, 2, 3]), note].join("\n");
}
