import { machineLine } from "../../src/bench/machine.ts";
import { layOut } from "../../src/table.ts";
import type { Deviation } from "./deviation.ts";
import { labelOf, nameOf, threeDigits } from "./figures.ts";
import { PEER_NAMES, type PeerName } from "./peers.ts";
import type { KernelBenchmark, KernelRow, PeerTime } from "./result.ts";

/** Marks of peers whose results are not the same. */
export const MARKS = { same: "", close: "≈", other: "≠" } as const;

/** A benchmark as tables for a terminal: times, and how many times as long each peer takes. */
export function formatKernels(benchmark: KernelBenchmark): string {
  const { machine, rows } = benchmark;
  const peers = takingPart(benchmark);
  const sides = rows[0]?.sides.map(({ side }) => side) ?? [];
  const tables = sides.flatMap((side) => {
    const head = ["function", "ms", "ms, out", "of copy", ...peers.map(labelOf)];
    const cells = rows.map((row) => [
      nameOf(row),
      ...timesOf(row, side),
      ...peers.map((peer) => ratioOf(row, peer, side)),
    ]);
    return [`\n${side} × ${side}`, layOut(head, cells, [...head.keys()].slice(1))];
  });
  return [machineLine(machine), ...tables, ...notesOf(benchmark)].join("\n");
}

/** How far peers' results are from tagswitch's. */
export function formatDeviations(benchmark: KernelBenchmark): string {
  const cells = benchmark.rows.flatMap((row) =>
    PEER_NAMES.flatMap((peer) => {
      const deviation = row.deviations[peer];
      if (deviation === undefined) return [];
      return [[nameOf(row), labelOf(peer), deviation.verdict, ...deviationCells(deviation)]];
    }),
  );
  const table = layOut(["function", "peer", "", "largest", "mean"], cells, [3, 4]);
  return [table, ...notesOf(benchmark)].join("\n");
}

/** The largest deviation and the mean one. */
export function deviationCells({ largest, mean }: Deviation): string[] {
  return largest === null || mean === null ? ["another size", ""] : [threeDigits(largest), threeDigits(mean)];
}

/** Milliseconds, those with `out`, and the share of a copy's bandwidth. */
export function timesOf(row: KernelRow, side: number): string[] {
  const found = row.sides.find((one) => one.side === side);
  if (found === undefined) return ["", "", ""];
  const { milliseconds, reusedMilliseconds, shareOfCopy } = found;
  return [threeDigits(milliseconds), threeDigits(reusedMilliseconds ?? NaN), `${Math.round(100 * shareOfCopy)} %`];
}

/** How many times tagswitch's time a peer takes, marked where its result is not the same. */
export function ratioOf(row: KernelRow, peer: PeerName, side: number): string {
  return markedRatio(row, peer, row.sides.find((one) => one.side === side)?.peers[peer]);
}

/** The same, of a time that was measured, or was not. */
export function markedRatio(row: KernelRow, peer: PeerName, time: PeerTime | undefined): string {
  return time === undefined
    ? ""
    : `${MARKS[row.deviations[peer]?.verdict ?? "same"]} ${threeDigits(time.ratio)}`.trim();
}

/** Peers that were measured. */
export function takingPart({ versions }: KernelBenchmark): PeerName[] {
  return PEER_NAMES.filter((peer) => versions[peer] !== undefined);
}

function notesOf({ absent, rows }: KernelBenchmark): string[] {
  return [
    ...absent.map(({ peer, reason }) => `${labelOf(peer)} is left out: ${reason}`),
    ...rows.flatMap((row) =>
      Object.entries(row.failures).map(([name, message]) => `${nameOf(row)}: ${name} failed: ${message}`),
    ),
  ];
}
