import { median } from "../../src/bench/statistics.ts";
import { type Case, callOf } from "./case.ts";
import type { Contestant } from "./contestant.ts";
import type { Pace } from "./pace.ts";
import { type PeerName, PEERS } from "./peers.ts";
import type { PeerTime, SideResult, ThreadTime } from "./result.ts";
import type { Room } from "./room.ts";
import { ratioOf, takeTurns } from "./turns.ts";

const THREADS = 2;

/**
 * One thread of tagswitch, two of it, and two of each peer that has threads and did the row: in turns, by the time that
 * passes, as a second thread takes processor time to save the other.
 */
export async function threadTimesOf(
  room: Room,
  one: Case,
  sides: readonly SideResult[],
  pace: Pace,
  failures: { [Name in PeerName]?: string },
): Promise<ThreadTime[]> {
  const times: ThreadTime[] = [];
  for (const { side, peers } of sides.filter((measured) => pace.threadSides.includes(measured.side))) {
    const able = (Object.keys(peers) as PeerName[]).filter((peer) => PEERS[peer].hasThreads);
    const taking = new Map<PeerName | "one" | "two", Contestant>([
      ["one", room.contestant("tagswitch")],
      ["two", room.contestant("tagswitch", "", THREADS)],
      ...able.map((peer) => [peer, room.contestant(peer, "", THREADS)] as const),
    ]);
    for (const contestant of taking.values()) await room.prepare(contestant, callOf(one.calls[contestant.name]!), side);
    const turns = await takeTurns(taking, pace, failures, "passed");
    const two = turns.get("two")!;
    const timeOf = (theirs: readonly number[]): PeerTime => ({
      milliseconds: median(theirs),
      ratio: ratioOf(theirs, two),
    });
    const peerTimes = able.filter((peer) => turns.has(peer)).map((peer) => [peer, timeOf(turns.get(peer)!)] as const);
    times.push({
      side,
      threads: THREADS,
      milliseconds: median(two),
      speedup: ratioOf(turns.get("one")!, two),
      peers: Object.fromEntries(peerTimes),
    });
  }
  return times;
}
