import type { Machine } from "../../src/bench/index.ts";
import type { Deviation } from "./deviation.ts";
import type { Absence } from "./install.ts";
import type { ContestantName, PeerName } from "./peers.ts";

/** A peer in one row, at one side. */
export interface PeerTime {
  /** The median of its turns. */
  readonly milliseconds: number;
  /** The median of what its turns took over what tagswitch's turn of the same round took: above 1, it is slower. */
  readonly ratio: number;
}

/** The same, where tagswitch was timed with `out` as well. */
export interface ComparedTime extends PeerTime {
  /** The same over what tagswitch took with `out`, in rows of functions that take it; otherwise {@link PeerTime.ratio}. */
  readonly ratioToReused: number;
}

/** One row on images of one side. */
export interface SideResult {
  /** Width and height in pixels. */
  readonly side: number;
  readonly rounds: number;
  /** The median of tagswitch's turns. */
  readonly milliseconds: number;
  /** The same with `out`, so that results are written to memory in use; `null` of functions that do not take it. */
  readonly reusedMilliseconds: number | null;
  /** Half of tagswitch's turns lie within this share of the median. */
  readonly spread: number;
  /** Read and written at least: samples of the images given, and of the result. */
  readonly bytes: number;
  /** Those bytes per time, over the same of a copy of 32-bit floats of this side in the same rounds. */
  readonly shareOfCopy: number;
  readonly copyGigabytesPerSecond: number;
  readonly peers: { readonly [Peer in PeerName]?: ComparedTime };
}

/** One row on images of one side with several threads, by the time that passes. */
export interface ThreadTime {
  readonly side: number;
  readonly threads: number;
  /** The median of tagswitch's turns with so many threads. */
  readonly milliseconds: number;
  /** What its turns with one thread took over those: the median over rounds. */
  readonly speedup: number;
  /** Those that have threads, with as many. */
  readonly peers: { readonly [Peer in PeerName]?: PeerTime };
}

/** What one call of tagswitch takes for a pixel, on images of one side. */
export interface PixelTime {
  readonly side: number;
  readonly nanoseconds: number;
  /** What copying a 32-bit float to memory in use takes, in the same rounds. */
  readonly copyNanoseconds: number;
}

/** Memory that one call of tagswitch takes, in a process of its own. */
export interface MemoryUse {
  readonly side: number;
  /** Most at one time, the result included, the images given not; `null` where the system does not tell. */
  readonly peakBytes: number | null;
  readonly resultBytes: number;
}

/** Some work, measured. */
export interface KernelRow {
  readonly function: string;
  readonly of: string;
  /** How far each peer's result is from tagswitch's. */
  readonly deviations: { readonly [Peer in PeerName]?: Deviation };
  /** What a contestant said that could not do it. */
  readonly failures: { readonly [Contestant in ContestantName]?: string };
  readonly sides: readonly SideResult[];
  readonly threadTimes: readonly ThreadTime[];
  readonly pixelTimes: readonly PixelTime[];
  readonly memory: MemoryUse | null;
}

/** Rows that were measured later than the others, by themselves. */
export interface Renewal {
  /** Function, comma, of what. */
  readonly rows: readonly string[];
  /** The load at the start. */
  readonly load: number;
  readonly loadAtEnd: number;
  readonly seconds: number;
}

/** Names what a run holds: another one is read by another version of this. */
export const SCHEMA = "tagswitch/bench-kernels/3";

/** What the benchmark measured. A gigabyte is 10⁹ bytes. */
export interface KernelBenchmark {
  readonly schema: typeof SCHEMA;
  readonly machine: Machine;
  /** Average number of busy processors in the last minute of the run, its own one included. */
  readonly loadAtEnd: number;
  readonly quick: boolean;
  readonly seconds: number;
  /** Versions of those who took part. */
  readonly versions: { readonly [Contestant in ContestantName]?: string };
  readonly absent: readonly Absence[];
  readonly rows: readonly KernelRow[];
  readonly renewals?: readonly Renewal[];
}
