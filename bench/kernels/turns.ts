import { median, medianRatio, spread } from "../../src/bench/statistics.ts";
import { type Case, callOf } from "./case.ts";
import type { Clock, Contestant } from "./contestant.ts";
import type { Pace } from "./pace.ts";
import type { ContestantName, PeerName } from "./peers.ts";
import type { ComparedTime, MemoryUse, PixelTime, SideResult } from "./result.ts";
import type { Room } from "./room.ts";

const LEAST_ROUNDS = 3;
/** Until V8 has compiled what is called, and results no longer come from memory that the system hands out page by page. */
const WARM_UP_MILLISECONDS = 400;

/**
 * The same on the largest images, of which a call or two take as long: results go round several pieces of memory until
 * the first is garbage, and the system hands out each of them once.
 */
const LARGE_WARM_UP_MILLISECONDS = 2500;

/**
 * Between a contestant's turns others have filled the caches. Libraries whose results go round some memory, as nobody
 * knows yet that the last ones are no longer used, would pay for that during the whole of a short turn.
 */
const LEAD_MILLISECONDS = 40;

/** Whose first call takes longer has that one turn; who is expected to take longer by {@link TOO_LONG} has none. */
const LONG_MILLISECONDS = 1000;
const TOO_LONG = 4;

/** Turns of all contestants at one row, on images of one side. Those that fail are noted. */
export async function sideOf(
  room: Room,
  one: Case,
  names: readonly ContestantName[],
  side: number,
  pace: Pace,
  failures: { [Name in ContestantName]?: string },
  smaller: SideResult | undefined,
): Promise<SideResult> {
  const taking = new Map<ContestantName | "copy" | "reusing", Contestant>([["copy", await room.copying(side)]]);
  for (const name of names) {
    if (name !== "tagswitch" && isTooLong(name, side, smaller)) continue;
    const contestant = room.contestant(name);
    try {
      await room.prepare(contestant, callOf(one.calls[name]!), side);
      taking.set(name, contestant);
    } catch (error) {
      failures[name] = (error as Error).message;
    }
  }
  const reusing = room.contestant("tagswitch", "reusing");
  if (await room.prepare(reusing, callOf(one.calls.tagswitch), side, true)) taking.set("reusing", reusing);
  const turns = await takeTurns(taking, pace, failures);
  const ours = turns.get("tagswitch");
  if (ours === undefined) throw new Error(`${one.function}, ${one.of}: ${failures.tagswitch}`);
  const moved = await room.contestant("tagswitch").ask({ do: "bytes" });
  const bytes = moved.read + moved.result;
  const copies = turns.get("copy")!;
  const copyBytes = 2 * 4 * side ** 2;
  const reused = turns.get("reusing");
  const peers: { [Peer in PeerName]?: ComparedTime } = {};
  for (const [name, theirs] of turns) {
    if (name === "copy" || name === "tagswitch" || name === "reusing") continue;
    const ratio = ratioOf(theirs, ours);
    peers[name] = { milliseconds: median(theirs), ratio, ratioToReused: reused ? ratioOf(theirs, reused) : ratio };
  }
  return {
    side,
    rounds: ours.length,
    milliseconds: median(ours),
    reusedMilliseconds: reused ? median(reused) : null,
    spread: spread(ours),
    bytes,
    shareOfCopy: (bytes / copyBytes) * ratioOf(copies, ours),
    copyGigabytesPerSecond: copyBytes / median(copies) / 1e6,
    peers,
  };
}

/** Round by round, so that a disturbance meets both; who had one turn only is compared as he is. */
export function ratioOf(theirs: readonly number[], ours: readonly number[]): number {
  return theirs.length === ours.length ? medianRatio(theirs, ours) : median(theirs) / median(ours);
}

/** Whether a peer is likely to take too long, judging from a smaller side. */
function isTooLong(peer: PeerName, side: number, smaller: SideResult | undefined): boolean {
  const time = smaller?.peers[peer];
  return time !== undefined && time.milliseconds * (side / smaller!.side) ** 2 > TOO_LONG * LONG_MILLISECONDS;
}

/** Milliseconds of each turn; turns of the same index belong to the same round. */
export async function takeTurns<Name extends string>(
  taking: ReadonlyMap<Name, Contestant>,
  { turnMilliseconds, rounds, budgetMilliseconds }: Pick<Pace, "turnMilliseconds" | "rounds" | "budgetMilliseconds">,
  failures: { [Key in Name]?: string },
  clock: Clock = "processor",
): Promise<Map<Name, number[]>> {
  const turns = new Map<Name, number[]>();
  const waiting = new Set<Name>();
  const leads = new Map<Name, number>();
  const turn = async (name: Name, milliseconds: number): Promise<void> => {
    try {
      const leadMilliseconds = leads.get(name) ?? 0;
      turns.get(name)!.push((await taking.get(name)!.ask({ do: "run", leadMilliseconds, milliseconds }))[clock]);
    } catch (error) {
      failures[name] = (error as Error).message;
      turns.delete(name);
      waiting.delete(name);
    }
  };
  for (const name of taking.keys()) {
    turns.set(name, []);
    waiting.add(name);
    await turn(name, Math.min(WARM_UP_MILLISECONDS, budgetMilliseconds));
    const first = turns.get(name)?.[0] ?? 0;
    if (first > LONG_MILLISECONDS) waiting.delete(name);
    // What compiles and fills caches does not count.
    else turns.get(name)?.pop();
    leads.set(name, first > LEAD_MILLISECONDS ? 0 : LEAD_MILLISECONDS);
  }
  const end = performance.now() + budgetMilliseconds;
  for (let round = 0; round < rounds && (round < LEAST_ROUNDS || performance.now() < end); round++) {
    const names = [...waiting];
    // In another order each time, so that nobody always comes after the same one.
    const order = round % 2 === 0 ? names : names.toReversed();
    for (let i = 0; i < order.length; i++) await turn(order[(i + round) % order.length]!, turnMilliseconds);
  }
  return turns;
}

/**
 * What the library takes for a pixel, on images of several sides, in turns; with an `out` where the function has one, as fresh memory
 * of large results costs what the system asks for its pages, not what the function does. Beside it, what copying takes.
 */
export async function pixelTimesOf(room: Room, one: Case, pace: Pace): Promise<PixelTime[]> {
  const taking = new Map<string, Contestant>();
  const largest = Math.max(...pace.pixelSides);
  for (const side of pace.pixelSides) {
    const contestant = room.contestant("tagswitch", `of ${side}`);
    await room.prepare(contestant, callOf(one.calls.tagswitch), side, true);
    const milliseconds = LARGE_WARM_UP_MILLISECONDS;
    if (side === largest) await contestant.ask({ do: "run", leadMilliseconds: 0, milliseconds });
    taking.set(String(side), contestant);
    taking.set(`copying ${side}`, await room.copying(side));
  }
  const failures: Record<string, string> = {};
  const turns = await takeTurns(taking, { ...pace, rounds: LEAST_ROUNDS }, failures);
  const nanoseconds = (name: string, side: number): number => (1e6 * median(turns.get(name)!)) / side ** 2;
  const isTimed = (side: number): boolean => [`${side}`, `copying ${side}`].every((name) => turns.has(name));
  return pace.pixelSides.filter(isTimed).map((side) => ({
    side,
    nanoseconds: nanoseconds(String(side), side),
    copyNanoseconds: nanoseconds(`copying ${side}`, side),
  }));
}

/** What the library takes in memory, in a process that has done nothing but a small call before. */
export async function memoryOf(room: Room, one: Case, side: number): Promise<MemoryUse> {
  const call = callOf(one.calls.tagswitch);
  const contestant = room.contestant("tagswitch", `memory ${one.function} ${one.of}`);
  try {
    await room.prepare(contestant, call, 64);
    await contestant.ask({ do: "run", leadMilliseconds: 0, milliseconds: 0 });
    await room.prepare(contestant, call, side);
    const { bytes } = await contestant.ask({ do: "memory" });
    const { result } = await contestant.ask({ do: "bytes" });
    return { side, peakBytes: bytes, resultBytes: result };
  } finally {
    contestant.stop();
  }
}
