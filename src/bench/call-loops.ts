import { type Callable, compile, list } from "./compile.ts";
import type { CallSite } from "./contest.ts";
import type { Program } from "./program.ts";

/** Runs the next piece of the measured calls. */
export interface CallLoops {
  /** @returns nanoseconds per call. */
  next(): number;
  /** Pieces after which every loop has run once. */
  readonly count: number;
}

/** Calls between two looks at the clock: it costs less than 0.1 ns of each. */
const PIECE = 2048;
/** Calls after which a loop's types come in the same order again: by then all other loops ran, each in another order. */
const PERIOD = 8192;
/** Objects of each type. */
const OBJECTS = 8;

/** What one loop goes through. */
interface Lane {
  /** A function, or one for each call. */
  readonly calls: Callable | readonly Callable[];
  /** The arguments, by position. */
  readonly columns: readonly (readonly unknown[])[];
  /** The sum of the first calls' results. */
  readonly expected: number;
}

type Loop = (calls: unknown, columns: readonly (readonly unknown[])[], from: number, to: number) => number;

/**
 * Loops over calls of all functions. Checks the first results against `program`.
 *
 * @param oneType whether only the first type of each function is passed.
 */
export function createLoops(
  functions: readonly Callable[],
  program: Program,
  site: CallSite,
  oneType: boolean,
): CallLoops {
  const random = xorshift(12_345);
  const pools = new Map(
    program.classes.map((type) => [type, Array.from({ length: OBJECTS }, (_, i) => new type(i + 1))]),
  );
  const lanes = Array.from({ length: site === "hot" ? functions.length : 1 }, (_unused, lane): Lane => {
    const calls: Callable[] = [];
    const columns = Array.from({ length: program.arity }, (): unknown[] => []);
    let expected = 0;
    for (let i = 0; i < PERIOD; i++) {
      const number = site === "hot" ? lane : random() % functions.length;
      const { classes, implementations } = program.subjects[number]!;
      const at = oneType ? 0 : random() % classes.length;
      const pool = pools.get(classes[at]!)!;
      for (const column of columns) column.push(pool[random() % OBJECTS]!);
      calls.push(functions[number]!);
      if (i < PIECE) expected = (expected + implementations[at]!(...columns.map((column) => column[i]))) | 0;
    }
    return { calls: site === "hot" ? calls[0]! : calls, columns, expected };
  });
  const tasks = lanes.map(({ calls, columns, expected }) => {
    const loop = compileLoop(program.arity, site);
    if (loop(calls, columns, 0, PIECE) !== expected) throw new Error("a call ran another implementation than its own");
    return (from: number): number => loop(calls, columns, from, from + PIECE);
  });
  let at = 0;
  return {
    count: tasks.length,
    next() {
      const task = tasks[at % tasks.length]!;
      const from = (Math.floor(at++ / tasks.length) * PIECE) % PERIOD;
      const start = process.hrtime.bigint();
      task(from);
      return Number(process.hrtime.bigint() - start) / PIECE;
    },
  };
}

function compileLoop(arity: number, site: CallSite): Loop {
  const call = site === "hot" ? "calls" : "calls[i]";
  const text = `function(calls,[${list("c", arity)}],from,to){let s=0;for(let i=from;i<to;i++)s=(s+${call}(${list("c", arity, "[i]")}))|0;return s}`;
  return compile(text) as Loop;
}

function xorshift(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}
