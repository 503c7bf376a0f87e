import { loadavg } from "node:os";
import { describeMachine } from "../../src/bench/machine.ts";
import { type Case, callOf } from "./case.ts";
import { type Deviation, deviationOf } from "./deviation.ts";
import { InputFiles } from "./input-files.ts";
import { type Absence, installPeers } from "./install.ts";
import { FULL, type Pace } from "./pace.ts";
import { type ContestantName, PEER_NAMES, type PeerName } from "./peers.ts";
import { type KernelBenchmark, type KernelRow, SCHEMA, type SideResult } from "./result.ts";
import { Room } from "./room.ts";
import { threadTimesOf } from "./threads.ts";
import { memoryOf, pixelTimesOf, sideOf } from "./turns.ts";

export interface MeasureOptions {
  readonly cases: readonly Case[];
  readonly pace?: Pace;
  readonly peers?: readonly PeerName[];
  /** Told of each step before it begins, and what share of the steps is done. */
  readonly onProgress?: (step: string, done: number) => void;
}

/**
 * Measures the library beside its peers, which it installs. Every library has a process of its own, and all that can do
 * a row take turns at it, so that other work on the machine meets all of them.
 */
export async function measureKernels(options: MeasureOptions): Promise<KernelBenchmark> {
  const { cases, pace = FULL, peers = PEER_NAMES, onProgress = () => {} } = options;
  const start = performance.now();
  const machine = describeMachine();
  onProgress("installing peers", 0);
  const absent = await installPeers(peers);
  const present = peers.filter((peer) => absent.every((one) => one.peer !== peer));
  const files = new InputFiles();
  const room = new Room(files);
  const rows: KernelRow[] = [];
  try {
    const versions = await versionsOf(room, present, absent);
    for (const [i, one] of cases.entries()) {
      onProgress(`${one.function}, ${one.of}`, i / cases.length);
      rows.push(await measureRow(room, one, Object.keys(versions) as ContestantName[], pace));
    }
    const seconds = (performance.now() - start) / 1000;
    const quick = pace.pixelSides.length === 0;
    return { schema: SCHEMA, machine, loadAtEnd: loadavg()[0]!, quick, seconds, versions, absent, rows };
  } finally {
    room.close();
    files.remove();
  }
}

/** Starts the libraries; one that does not load is absent. */
async function versionsOf(
  room: Room,
  present: readonly PeerName[],
  absent: Absence[],
): Promise<KernelBenchmark["versions"]> {
  const versions: { [Name in ContestantName]?: string } = {};
  for (const name of ["tagswitch", ...present] as const) {
    try {
      versions[name] = (
        await room.contestant(name).ask({ do: "prepare", inputs: [], reuses: false, run: "0" })
      ).version;
    } catch (error) {
      if (name === "tagswitch") throw error;
      absent.push({ peer: name, reason: (error as Error).message });
    }
  }
  return versions;
}

async function measureRow(room: Room, one: Case, present: readonly ContestantName[], pace: Pace): Promise<KernelRow> {
  const failures: { [Name in ContestantName]?: string } = {};
  const deviations: { [Name in PeerName]?: Deviation } = {};
  const able: ContestantName[] = [];
  let ours: Float64Array | undefined;
  for (const name of present.filter((contestant) => one.calls[contestant] !== undefined)) {
    try {
      const answer = await room.answerOf(name, callOf(one.calls[name]!), pace.answerSide);
      if (name === "tagswitch") ours = answer;
      else deviations[name] = deviationOf(answer, ours!, one.regions);
      able.push(name);
    } catch (error) {
      if (name === "tagswitch")
        throw new Error(`${one.function}, ${one.of}: ${(error as Error).message}`, { cause: error });
      failures[name] = (error as Error).message;
    }
  }
  const sides: SideResult[] = [];
  for (const side of pace.sides) sides.push(await sideOf(room, one, able, side, pace, failures, sides.at(-1)));
  const threadTimes = await threadTimesOf(room, one, sides, pace, failures);
  const pixelTimes = await pixelTimesOf(room, one, pace);
  const memory = pace.memorySide === null ? null : await memoryOf(room, one, pace.memorySide);
  return { function: one.function, of: one.of, deviations, failures, sides, threadTimes, pixelTimes, memory };
}
