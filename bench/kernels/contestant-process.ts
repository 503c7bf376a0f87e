// The process of one contestant that runs in Node: answers requests, one after another. See contestant.ts.
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { compileFunction } from "node:vm";
import type { Call } from "./case.ts";
import type { Answer, Request } from "./contestant.ts";
import type { StoredImage } from "./inputs.ts";
import type { ContestantName } from "./peers.ts";
import { type Toolbox, toolboxOf } from "./toolboxes/index.ts";
import { bytesIn, peak, resident, startPeak } from "./memory-use.ts";
import { Image, SAMPLE_ARRAYS } from "../../src/image/image.ts";

interface Prepared {
  readonly run: () => unknown;
  readonly reads: () => unknown;
  readonly result: (result: unknown) => unknown;
}

/** The clock is looked at about so often. */
const LOOK_MILLISECONDS = 1;

const name = process.argv[2] as ContestantName;
const toolbox = await toolboxOf(name);
const held: unknown[] = [];
let prepared: Prepared;

const handlers: { [R in Request as R["do"]]: (request: R) => Answer<R> | Promise<Answer<R>> } = {
  async prepare({ inputs, reuses, ...call }) {
    for (const image of held.splice(0)) toolbox.release?.(image);
    const images = Object.fromEntries(inputs.map((input) => [input.name, taken(toolbox, input)]));
    held.push(...Object.values(images));
    // Not before each turn: V8 would drop optimised code that refers to what is gone, and compile it anew under the clock.
    globalThis.gc!();
    const bindings = { ...toolbox.names, ...images };
    prepared = compiled(call, bindings);
    const out = reuses ? await prepared.run() : undefined;
    const canReuse = out !== undefined && toolbox.canReuse?.(out) === true;
    if (canReuse) prepared = compiled(call, { ...bindings, out });
    return { version: toolbox.version, reuses: canReuse };
  },
  async run({ leadMilliseconds, milliseconds }) {
    if (leadMilliseconds > 0) await callsFor(leadMilliseconds);
    return callsFor(milliseconds);
  },
  async answer({ file }) {
    const result: unknown = await prepared.run();
    writeFileSync(file, Float64Array.from(toolbox.samples(prepared.result(result))));
    return {};
  },
  async memory() {
    globalThis.gc!();
    const before = resident();
    if (before === null) return { bytes: null };
    startPeak();
    await prepared.run();
    return { bytes: Math.max(peak()! - before, 0) };
  },
  async bytes() {
    return { read: bytesIn(prepared.reads()), result: bytesIn(await prepared.run()) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const handle = handlers[request.do] as (request: Request) => unknown;
  let answer: unknown;
  try {
    answer = await handle(request);
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  writeSync(3, `${JSON.stringify(answer)}\n`);
}

// Threads of a library would go on.
process.exit();

/** A call's own statements, run, and its expressions, in which the names stand for these values. */
function compiled(
  { prepare = "", run, reads = "", result = "result" }: Call,
  bindings: Record<string, unknown>,
): Prepared {
  const body = `${prepare};return{run:()=>(${run}),reads:()=>[${reads}],result:(result)=>(${result})}`;
  return compileFunction(body, Object.keys(bindings))(...Object.values(bindings)) as Prepared;
}

/** Calls for so long, and once at least. */
async function callsFor(milliseconds: number): Promise<Answer<Request & { do: "run" }>> {
  let calls = 0;
  let used = 0;
  let unlooked = 1;
  const before = process.cpuUsage();
  const start = performance.now();
  do {
    for (let left = unlooked; left > 0; left--) {
      const result = prepared.run();
      if (result instanceof Promise) await result;
    }
    calls += unlooked;
    const { user, system } = process.cpuUsage(before);
    used = (user + system) / 1000;
    unlooked = callsBetweenLooks(used / calls);
  } while (used < milliseconds);
  return { processor: used / calls, passed: (performance.now() - start) / calls };
}

/** Looking at the clock takes microseconds, as a call on a small image does. */
function callsBetweenLooks(millisecondsOfCall: number): number {
  return Math.max(1, Math.floor(LOOK_MILLISECONDS / millisecondsOfCall));
}

function taken({ take }: Toolbox, { dtype, file, width, height, channels }: StoredImage): unknown {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const samples = SAMPLE_ARRAYS[dtype];
  const data = new samples(buffer, byteOffset, byteLength / samples.BYTES_PER_ELEMENT);
  return take(new Image(data, { width, height, channels }));
}
