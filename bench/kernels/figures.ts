import { median } from "../../src/bench/statistics.ts";
import { PEER_NAMES, PEERS, type PeerName } from "./peers.ts";
import type { KernelBenchmark, KernelRow } from "./result.ts";

/** A comparison: how many times tagswitch's time a peer takes for the same work. */
export interface Comparison {
  readonly row: KernelRow;
  readonly peer: PeerName;
  readonly ratio: number;
  /** The same where tagswitch writes to memory in use, if the function can. */
  readonly ratioToReused: number;
}

/** All comparisons at one side, but for peers that compute something else. */
export function comparisonsOf({ rows }: KernelBenchmark, side: number): Comparison[] {
  return rows.flatMap((row) =>
    PEER_NAMES.flatMap((peer): Comparison[] => {
      const time = row.sides.find((one) => one.side === side)?.peers[peer];
      if (time === undefined || row.deviations[peer]?.verdict === "other") return [];
      return [{ row, peer, ratio: time.ratio, ratioToReused: time.ratioToReused }];
    }),
  );
}

/** NaN of none. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** What a peer's comparisons at one side come to. */
export interface Summary {
  readonly peer: PeerName;
  readonly side: number;
  readonly count: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  /** Of the ratios to what tagswitch takes with `out`. */
  readonly reused: { readonly mean: number; readonly least: number };
}

export function summariesOf(benchmark: KernelBenchmark): Summary[] {
  const sides = benchmark.rows[0]?.sides.map(({ side }) => side) ?? [];
  return PEER_NAMES.flatMap((peer) =>
    sides.map((side): Summary => {
      const comparisons = comparisonsOf(benchmark, side).filter((one) => one.peer === peer);
      const ratios = comparisons.map(({ ratio }) => ratio);
      const toReused = comparisons.map(({ ratioToReused }) => ratioToReused);
      const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
      const reused = { mean: geometricMean(toReused), least: Math.min(...toReused) };
      return { peer, side, count: ratios.length, mean: geometricMean(ratios), least, most, reused };
    }),
  ).filter(({ count }) => count > 0);
}

/** The least ratio that is aimed at: no other is to be faster, and OpenCV not twice as fast. */
export function aimedRatio(peer: PeerName): number {
  return peer === "opencv" ? 0.5 : 1;
}

/** The least geometric mean that is aimed at; a peer in Node has none of its own. */
export function aimedMean(peer: PeerName): number {
  return peer === "scikit-image" ? 10 : 1;
}

/** Where tagswitch falls short of what is aimed at, the worst first. */
export function behindOf(benchmark: KernelBenchmark, side: number): Comparison[] {
  return comparisonsOf(benchmark, side)
    .filter(({ peer, ratio }) => ratio < aimedRatio(peer))
    .toSorted((a, b) => a.ratio / aimedRatio(a.peer) - b.ratio / aimedRatio(b.peer));
}

/** That a copy of a 32-bit float reads and writes. */
const COPY_BYTES = 8;

/** How far time per pixel goes from that of the first side: 0.3 is 30 % more. */
export interface PixelDrift {
  readonly least: number;
  readonly most: number;
  /** The most without what copying as many bytes takes longer than on the first side. */
  readonly beyondCopying: number;
}

export function pixelDrift({ pixelTimes, sides }: KernelRow): PixelDrift | null {
  const first = pixelTimes[0];
  const moved = sides[0];
  if (first === undefined || moved === undefined) return null;
  const copies = moved.bytes / moved.side ** 2 / COPY_BYTES;
  const drift = (nanoseconds: number): number => nanoseconds / first.nanoseconds - 1;
  const drifts = pixelTimes.map(({ nanoseconds }) => drift(nanoseconds));
  const beyond = pixelTimes.map(({ nanoseconds, copyNanoseconds }) => {
    const longer = copies * (copyNanoseconds - first.copyNanoseconds);
    return drift(nanoseconds - Math.max(longer, 0));
  });
  return { least: Math.min(...drifts), most: Math.max(...drifts), beyondCopying: Math.max(0, ...beyond) };
}

/** What copying a 32-bit float takes on images of a side, in the middle row. */
export function copyTime({ rows }: KernelBenchmark, side: number): number {
  const times = rows.flatMap(({ pixelTimes }) => pixelTimes).filter((one) => one.side === side);
  return median(times.map((one) => one.copyNanoseconds));
}

/** What a row is called. */
export function nameOf(row: Pick<KernelRow, "function" | "of">): string {
  return `${row.function}, ${row.of}`;
}

export function labelOf(peer: PeerName): string {
  return PEERS[peer].label;
}

/** A figure with the digits that say something. */
export function threeDigits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "";
}
