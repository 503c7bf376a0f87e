// What it costs to ask who would run a call, to record one, and to run one whose backend decides call by call.
import { createBackendSystem, explain, registerType, trace } from "../index.ts";
import type { InspectionCost } from "./result.ts";
import { median } from "./statistics.ts";

const CALLS = 400;
const RUNS = 25;
const BACKENDS = 6;

class Value {}
registerType(Value, "bench:Value");
const system = createBackendSystem({ name: "tagswitch/bench", defaultTypes: ["bench:Value"], discover: false });
const certain = system.dispatchable("certain", { on: [0] }, (value: Value) => value);
const decided = system.dispatchable("decided", { on: [0] }, (value: Value) => value);
for (let i = 0; i < BACKENDS; i++) {
  const backend = system.registerBackend({
    ...{ name: `backend${i}`, primary: ["bench:Value" as const], higherPriorityThan: ["default"] },
  });
  if (i > 0) backend.implement(decided, (value) => value, { shouldRun: () => i === BACKENDS - 1 || "not this time" });
}

const value = new Value();
const result: InspectionCost = {
  backends: BACKENDS + 1,
  explainMicroseconds: microseconds(() => explain(decided, value)),
  traceMicroseconds: microseconds(() => trace(() => certain(value))),
  decidedCallMicroseconds: microseconds(() => decided(value)),
};
process.send!(result);

function microseconds(body: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < CALLS; i++) body();
    times.push(Number(process.hrtime.bigint() - start) / 1e3 / CALLS);
  }
  return median(times);
}
