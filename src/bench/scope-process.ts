// What it costs to open a scope, and what open scopes cost every `await` of the process.
import { createBackendSystem } from "../index.ts";
import type { ScopeCost } from "./result.ts";
import { median } from "./statistics.ts";

const AWAITS = 20_000;
const ENTRIES = 5000;
const RUNS = 15;

const system = createBackendSystem({ name: "tagswitch/bench" });
system.registerBackend({ name: "other", primary: ["bench:Other"] });

const awaitBefore = await nanosecondsPerAwait();
const enter = nanosecondsPerEntry();
const awaitAfter = await nanosecondsPerAwait();
const awaitWithin = await system.backend("other", nanosecondsPerAwait);
const result: ScopeCost = {
  enterNanoseconds: enter,
  awaitNanoseconds: { withoutScopes: awaitBefore, afterAScope: awaitAfter, inAScope: awaitWithin },
};
process.send!(result);

async function nanosecondsPerAwait(): Promise<number> {
  const times: number[] = [];
  const value = Promise.resolve(1);
  for (let run = 0; run < RUNS; run++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < AWAITS; i++) await value;
    times.push(Number(process.hrtime.bigint() - start) / AWAITS);
  }
  return median(times);
}

function nanosecondsPerEntry(): number {
  const times: number[] = [];
  let entered = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < ENTRIES; i++) system.backend("other", () => entered++);
    times.push(Number(process.hrtime.bigint() - start) / ENTRIES);
  }
  return median(times);
}
