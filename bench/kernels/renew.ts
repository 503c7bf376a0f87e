import type { Machine } from "../../src/bench/index.ts";
import { CASES } from "./cases/index.ts";
import { nameOf } from "./figures.ts";
import { PEER_NAMES } from "./peers.ts";
import type { KernelBenchmark, KernelRow } from "./result.ts";

/**
 * A run with the rows of a later one, of some functions, in the place of its own.
 *
 * @throws Error unless both are of one machine and the same libraries.
 */
export function renewed(run: KernelBenchmark, later: KernelBenchmark): KernelBenchmark {
  requireSameMachine(run.machine, later.machine);
  requireSame(contestantsOf(run), contestantsOf(later));
  const renewals = (run.renewals ?? []).map((one) => ({ ...one, rows: without(one.rows, later.rows) }));
  const rows = new Map([...run.rows, ...later.rows].map((row) => [nameOf(row), row]));
  const { machine, loadAtEnd, seconds } = later;
  return {
    ...run,
    rows: CASES.flatMap((one) => rows.get(nameOf(one)) ?? []),
    renewals: [
      ...renewals.filter((one) => one.rows.length > 0),
      { rows: later.rows.map(nameOf), load: machine.load, loadAtEnd, seconds },
    ],
  };
}

/** @throws Error for another machine, or another Node there. */
export function requireSameMachine(before: Machine, now: Machine): void {
  requireSame(nodeOf(before), nodeOf(now));
}

function requireSame(before: string, now: string): void {
  if (before !== now) throw new Error(`--renew: rows were measured with ${before}, now with ${now}; measure all again`);
}

function without(names: readonly string[], rows: readonly KernelRow[]): string[] {
  const gone = new Set(rows.map(nameOf));
  return names.filter((name) => !gone.has(name));
}

function contestantsOf({ versions }: KernelBenchmark): string {
  return (["tagswitch", ...PEER_NAMES] as const).map((name) => `${name} ${versions[name] ?? "absent"}`).join(", ");
}

function nodeOf({ node, v8, platform, processor, processors }: Machine): string {
  return `Node ${node}, V8 ${v8}, ${platform}, ${processors} × ${processor}`;
}
