// Creates dispatchables in a fresh process, each of them timed, and calls none.
import { createBackendSystem } from "../index.ts";
import type { Creation } from "./result.ts";
import { mean, median } from "./statistics.ts";

const COUNT = 400;

const system = createBackendSystem({ name: "tagswitch/bench" });
const implementations = Array.from(
  { length: COUNT },
  () =>
    (image: object, _options: object = {}) =>
      image,
);
const microseconds = implementations.map((implementation, i) => {
  const start = process.hrtime.bigint();
  system.dispatchable(`operation${i}`, { on: [0] }, implementation);
  return Number(process.hrtime.bigint() - start) / 1e3;
});
const result: Creation = {
  count: COUNT,
  medianMicroseconds: median(microseconds),
  meanMicroseconds: mean(microseconds),
  firstMicroseconds: microseconds[0]!,
};
process.send!(result);
