import { availableParallelism } from "node:os";
import type { ContestSetting } from "./contest.ts";
import { RunningContestant, type Batch } from "./contestant.ts";
import { CONTESTANTS, type ContestantName } from "./contestants.ts";
import { median, medianRatio } from "./statistics.ts";

/** How long a contest goes. */
export interface Pace {
  /** At most for the warm-up of a contestant, which ends when V8 has compiled its calls. */
  readonly warmUpMilliseconds: number;
  /** Turns of each contestant. */
  readonly rounds: number;
  /** A turn. */
  readonly turnMilliseconds: number;
}

/** What one contestant reached in one setting. */
export interface ContestRow {
  readonly contestant: ContestantName;
  /** Nanoseconds per call, the least of all pieces of 2,048 calls. */
  readonly minimum: number;
  /** Nanoseconds per call, the median of the turns' medians. */
  readonly median: number;
  /** The median of the turns' ratios to the direct call's turn in the same round: a disturbance mostly meets both. */
  readonly ratio: number;
  /**
   * Nanoseconds per call, the median of each turn. Turns of the same index belong to the same round, also of contests
   * that differ in the number of arguments alone.
   */
  readonly turns: readonly number[];
  /** Pieces measured. */
  readonly samples: number;
}

/** One setting and what all contestants reached in it. */
export interface Contest extends ContestSetting {
  readonly rows: readonly ContestRow[];
}

/** Measures contestants in some settings, all in turns. Those whose package is not installed are left out. */
export async function runContests(
  settings: readonly ContestSetting[],
  names: readonly ContestantName[],
  { warmUpMilliseconds, rounds, turnMilliseconds }: Pace,
): Promise<Contest[]> {
  const present: RunningContestant[] = [];
  const all = new Set<RunningContestant>();
  const entries = settings.flatMap((setting) => names.map((name) => ({ setting, name })));
  try {
    await inParallel(entries, async ({ setting, name }) => {
      const contestant = new RunningContestant(name, setting);
      all.add(contestant);
      if (!(await contestant.ready())) return;
      await contestant.run({ milliseconds: warmUpMilliseconds, warmUp: true });
      present.push(contestant);
    });
    const batches = new Map(present.map((contestant): [RunningContestant, Batch[]] => [contestant, []]));
    for (let round = 0; round < rounds; round++) {
      // In another order each time, so that nobody always comes after the same one.
      for (let i = 0; i < present.length; i++) {
        const contestant = present[(i * (1 + (round % 2) * (present.length - 2)) + round * 3) % present.length]!;
        batches.get(contestant)!.push(await contestant.run({ milliseconds: turnMilliseconds }));
      }
    }
    return settings.map((setting) => {
      const own = [...batches].filter(([contestant]) => contestant.setting === setting);
      return { ...setting, rows: rowsOf(new Map(own.map(([{ name }, turns]) => [name, turns]))) };
    });
  } finally {
    for (const contestant of all) contestant.stop();
  }
}

function rowsOf(batches: ReadonlyMap<ContestantName, readonly Batch[]>): ContestRow[] {
  const turnsOf = (name: ContestantName): number[] => batches.get(name)!.map((batch) => toPicoseconds(batch.median));
  const names = (Object.keys(CONTESTANTS) as ContestantName[]).filter((name) => (batches.get(name) ?? []).length > 0);
  return names.map((contestant) => {
    const turns = turnsOf(contestant);
    return {
      contestant,
      minimum: Math.min(...batches.get(contestant)!.map((batch) => batch.minimum)),
      median: median(turns),
      ratio: medianRatio(turns, turnsOf("direct")),
      turns,
      samples: batches.get(contestant)!.reduce((sum, batch) => sum + batch.samples, 0),
    };
  });
}

/** Nanoseconds without the digits that say nothing. */
function toPicoseconds(nanoseconds: number): number {
  return Math.round(nanoseconds * 1000) / 1000;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
