// A large library comes up in a fresh process: types, dispatchables, a backend that implements all of them, then a
// call of each with four types.
import { createBackendSystem, registerType, tableBytes, type TypeIdentifier } from "../index.ts";
import { valueClass } from "./program.ts";
import type { StartUp } from "./result.ts";

const DISPATCHABLES = 500;
const TYPES = 200;
const CALLED_WITH = 4;

const classes = Array.from({ length: TYPES }, () => valueClass("Value"));
const implementations = Array.from(
  { length: DISPATCHABLES },
  () =>
    (value: object, _options: object = {}) =>
      value,
);

const start = performance.now();
classes.forEach((type, i) => registerType(type, `bench:T${i}`));
const system = createBackendSystem({ name: "tagswitch/bench", defaultTypes: ["bench:None"] });
const backend = system.registerBackend({
  name: "other",
  primary: classes.map((_, i): TypeIdentifier => `bench:T${i}`),
});
const functions = implementations.map((run, i) => {
  const call = system.dispatchable(`operation${i}`, { on: [0] }, run);
  backend.implement(call, run);
  return call;
});
const registered = performance.now();
functions.forEach((call, i) => {
  for (let k = 0; k < CALLED_WITH; k++) call(new classes[(i + k) % TYPES]!(0));
});
const called = performance.now();

const { used, reserved } = tableBytes();
const result: StartUp = {
  dispatchables: DISPATCHABLES,
  types: TYPES,
  milliseconds: registered - start,
  firstCallsMilliseconds: called - registered,
  firstCalls: DISPATCHABLES * CALLED_WITH,
  tableBytesUsed: used,
  tableBytesReserved: reserved,
};
process.send!(result);
