// What the environment switches on and off: the trace on the terminal, and dispatch itself.
import { spawnSync } from "node:child_process";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

const script = `
  import { createBackendSystem, explain } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
  const system = createBackendSystem({ name: "switches", defaultTypes: ["js:number"], discover: false });
  const inner = system.dispatchable("inner", { on: [0] }, (value) => value + 1);
  const outer = system.dispatchable("outer", { on: [0] }, (value) => inner(value) * 2);
  const fast = system.registerBackend({ name: "fast", primary: ["js:number"], higherPriorityThan: ["default"] });
  fast.implement(inner, (value) => value + 100);
  const numbers = [outer(1), outer(1), await outer.async(1), inner(1, { backend: "fast" })];
  console.log(numbers.join(), explain(inner, 1).backend, system.backend("fast", () => inner(2)));`;

function run(environment: Record<string, string>): { stdout: string; stderr: string } {
  const flags = [TYPESCRIPT, "--input-type=module", "--eval", script];
  const { stdout, stderr } = spawnSync(process.execPath, flags, {
    ...{ encoding: "utf8", env: { ...process.env, ...environment } },
  });
  return { stdout: stdout.trim(), stderr };
}

test("without a word of the environment calls are dispatched, and nothing is printed", (t) => {
  t.deepEqual(run({}), { stdout: "202,202,202,101 fast 102", stderr: "" });
});

test("_TRACE prints every call with those made on the way, also what the table would have answered", (t) => {
  const { stdout, stderr } = run({ SWITCHES_TRACE: "1" });
  t.is(stdout, "202,202,202,101 fast 102");
  t.is(stderr.match(/outer/g)?.length, 3);
  t.is(stderr.match(/─ inner .* fast/g)?.length, 3);
  t.is(stderr.match(/inner/g)?.length, 5);
});

test("_DISPATCH=0 has the library's own implementations run, whatever a call says", (t) => {
  for (const off of ["0", "false", "No", ""]) {
    t.deepEqual(run({ SWITCHES_DISPATCH: off }), { stdout: "4,4,4,2 default 3", stderr: "" });
  }
});

test("a switch that is neither on nor off is a warning, and is ignored", (t) => {
  const { stdout, stderr } = run({ SWITCHES_TRACE: "perhaps", SWITCHES_DISPATCH: "sometimes" });
  t.is(stdout, "202,202,202,101 fast 102");
  t.is(stderr.match(/SWITCHES_TRACE/g)?.length, 1);
  t.is(stderr.match(/SWITCHES_DISPATCH/g)?.length, 1);
});
