// Dispatch arguments in lists, in options, found by a function, missing, or not there at all.
import test from "ava";
import {
  type BackendSystem,
  createBackendSystem,
  type DispatchableConfig,
  type DispatchError,
  explain,
  invoke,
  registerType,
  trace,
} from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

geometry(); // registers the conversions between its types

let count = 0;

/** A function of anything, on `default` for points and on `device` for points of the device. */
function library(config: DispatchableConfig): { system: BackendSystem; who: (...args: unknown[]) => string } {
  const system = createBackendSystem({ name: `places-${count++}`, defaultTypes: ["geometry:Point"], discover: false });
  const who = system.dispatchable("who", config, (..._args: unknown[]): string => "default");
  const device = system.registerBackend({ name: "device", primary: ["geometry:DevicePoint"] });
  device.implement(who, () => "device");
  return { system, who };
}

const [point, other] = [new Point(1), new DevicePoint(2)];

test("arguments that are missing or of no known type are passed over, whichever they are", (t) => {
  const { who } = library({ on: [0, 1, 2] });
  const stranger = new (class {})();
  const nobody = { code: "ERR_DISPATCH_NO_IMPLEMENTATION" };
  for (let repeat = 0; repeat < 3; repeat++) {
    for (const missing of [[], [undefined], [null, stranger]]) {
      t.is(who(point, ...missing), "default");
      t.is(who(other, other, ...missing), "device");
      t.is(who(...missing, ...[undefined, undefined, other].slice(missing.length)), "device");
      t.throws(() => who(point, other, ...missing), nobody);
      t.throws(() => who(...missing), nobody);
    }
    t.is(who(point, point, point), "default");
    t.is(who(other, stranger, other), "device");
    t.is(who(stranger, null, point), "default");
    t.throws(() => who(point, point, other), nobody);
  }
});

test("arguments after the dispatch arguments decide nothing", (t) => {
  const { who } = library({ on: [1, 0], options: 3 });
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(who(point, point, other), "default");
    t.is(who(other, other, point, undefined, point), "device");
    t.is(who(other, undefined, point, { backend: "device" }, point, point), "device");
    t.is(who(other, other, point, { backend: "default" }), "default");
    t.throws(() => who(undefined, undefined, point), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
});

test("functions that are made between calls leave those of others as they were", (t) => {
  const { system, who } = library({ on: [0, 1] });
  for (const name of ["between", "again"]) {
    t.is(who(point, point), "default");
    t.is(who(other), "device");
    const late = system.dispatchable(name, { on: [0, 1] }, (..._args: unknown[]) => name);
    t.is(late(point), name);
    t.is(late(point, point), name);
    t.throws(() => late(other, other), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
});

test("every element of a list counts, in any order and number", (t) => {
  const { who } = library({ on: [[0, "*"]] });
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(who([point, point]), "default");
    t.is(who([other, other, other]), "device");
    t.throws(() => who([point, other]), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
    t.throws(() => who([other, point, other]), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
  t.is(who([{}, other, { a: 1 }, []]), "device");
  t.is(who(other), "device");
});

test("a path leads through properties and lists; what is missing is passed over", (t) => {
  const { who } = library({ on: [0, [1, "mask"], [1, "layers", "*", "point"]], options: 1 });
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(who(other), "device");
    t.is(who(other, { mask: other }), "device");
    t.is(who(other, { layers: [{ point: other }, {}, { point: null }] }), "device");
    t.throws(() => who(other, { mask: point }), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
    t.throws(() => who(other, { layers: [{ point: other }, { point }] }), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
    t.is(who(point, { mask: undefined, layers: [] }), "default");
    t.is(who(null, { mask: other }), "device");
    t.is(who(undefined, { layers: [{ point }] }), "default");
  }
});

test("a path that is changed later changes nothing", (t) => {
  const path: [number, string] = [0, "inner"];
  const { who } = library({ on: [path] });
  path[1] = "outer";
  t.is(who({ inner: other, outer: point }), "device");
  t.is(library({ on: [[0, "inner"]] }).who({ inner: other, outer: point }), "device");
  t.is(explain(who, { inner: other, outer: point }).backend, "device");
});

test("a function may find the dispatch arguments", (t) => {
  const { who } = library({ on: (first: { points?: unknown[] }) => first.points ?? [], options: 1 });
  t.is(who({ points: [other] }), "device");
  t.is(who({ points: [point, point] }), "default");
  t.throws(() => who({ points: 5 }), { code: "ERR_DISPATCH_ARGUMENT", message: /extractor of who gave 5/ });
});

test("conversion puts values back where they were, in copies of what holds them", (t) => {
  const seen: unknown[] = [];
  const system = createBackendSystem({ name: "places-converted", defaultTypes: ["geometry:Point"], discover: false });
  const config: DispatchableConfig = { on: [0, [1, "*"], [2, "mask"]], options: 2 };
  const all = system.dispatchable("all", config, (..._args: unknown[]): string => "default");
  const device = system.registerBackend({ name: "device", primary: ["geometry:DevicePoint"] });
  device.implement(all, (...args) => {
    seen.push(args);
    return "device";
  });
  const [list, options] = [[point, other, point], { mask: point, by: 3 }];
  t.is(
    system.backend("device", () => all(point, list, options)),
    "device",
  );
  const [[first, second, third]] = seen as [[DevicePoint, DevicePoint[], { mask: DevicePoint; by: number }]];
  t.true([first, ...second, third.mask].every((value) => value instanceof DevicePoint));
  t.is(second[1], other);
  t.is(third.by, 3);
  t.deepEqual([list, options], [[point, other, point], { mask: point, by: 3 }]);
});

test("an extractor's values are converted where it can put them back, else the backend is refused", (t) => {
  const on = ({ at }: { at: unknown }): unknown[] => [at];
  const without = library({ on, options: 1 });
  const { calls } = trace(() => without.system.backend("device", () => without.who({ at: point })));
  t.like(calls[0], { backend: "default" });
  t.regex(calls[0]!.considered[0]!.reason, /no replace/);
  const replace = ([first]: readonly unknown[], [at]: readonly unknown[]): unknown[] => [{ ...(first as object), at }];
  const withIt = library({ on, replace, options: 1 });
  t.is(
    withIt.system.backend("device", () => withIt.who({ at: point })),
    "device",
  );
});

test("a function without dispatch arguments goes by a scope's type, by like, or to the library's own", (t) => {
  const system = createBackendSystem({ name: "places-creation", discover: false });
  const zeros = system.dispatchable("zeros", { on: [], options: 1 }, (_size: number, _options?: object) => "default");
  const device = system.registerBackend({ name: "device", primary: ["geometry:DevicePoint"] });
  device.implement(zeros, () => "device");
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(zeros(3), "default");
    t.is(zeros(3, { like: other }), "device");
    t.is(zeros(3, { like: point }), "default");
    t.is(
      system.backend({ type: "geometry:DevicePoint" }, () => zeros(3)),
      "device",
    );
    t.is(
      system.backend({ type: DevicePoint }, () => zeros(3, {})),
      "device",
    );
    t.is(zeros(3, { backend: "default", like: other } as object), "default");
  }
});

test("to put a backend first changes nothing of what a call is to make", (t) => {
  const { system, who: zeros } = library({ on: [], options: 0 });
  const prioritized = { prioritize: "device", type: "geometry:Point" } as const;
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(
      system.backend("device", () => zeros()),
      "default",
    );
    t.is(
      system.backend("device", () => zeros({ like: point })),
      "default",
    );
    t.is(
      system.backend(prioritized, () => zeros()),
      "default",
    );
    t.is(
      system.backend("device", () => zeros({ like: other })),
      "device",
    );
    t.is(zeros({ backend: "device" }), "device");
  }
  const { considered } = explain(zeros, { like: other });
  t.deepEqual(
    considered.map(({ verdict }) => verdict),
    ["refused", "runs"],
  );
});

test("what a call is to be like goes before the type that a scope asks for", (t) => {
  const { system, who: zeros } = library({ on: [], options: 0 });
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(
      system.backend({ type: DevicePoint }, () => zeros({ like: point })),
      "default",
    );
    t.is(
      system.backend({ type: Point }, () => zeros({ like: other })),
      "device",
    );
    t.is(
      system.backend({ type: DevicePoint }, () => zeros({ like: undefined })),
      "device",
    );
  }
  const { calls } = trace(() => system.backend({ type: Point }, () => zeros({ like: other })));
  t.deepEqual(calls[0]!.types, ["geometry:DevicePoint"]);
});

test("what a call is to be like, and nobody makes, is an error: it does not give something else", (t) => {
  class Other {}
  const registered = class {};
  registerType(registered, "places:Nowhere");
  const { system, who: zeros } = library({ on: [], options: 0 });
  for (const [like, name] of [
    [new registered(), "places:Nowhere"],
    [new Other(), "an unregistered Other"],
    [5, "js:number"],
  ] as const) {
    const error = t.throws(() => zeros({ like }), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" }) as DispatchError;
    t.deepEqual(error.types, [name]);
    t.is(explain(zeros, { like }).backend, undefined);
    t.throws(() => invoke(zeros, "device")({ like }), { code: "ERR_DISPATCH_REFUSED" });
  }
  t.is(invoke(zeros, "device")({ like: other }), "device");
  // A library that says nothing of its types makes what it makes.
  const any = createBackendSystem({ name: "places-any", discover: false });
  t.is(any.dispatchable("ones", { on: [], options: 0 }, (_options?: object) => "own")({ like: new Other() }), "own");
  t.deepEqual(system.backends, ["default", "device"]);
});

test("like directs only calls that have no argument to go by", (t) => {
  const { who } = library({ on: [0], options: 1 });
  t.is(who(undefined, { like: other }), "device");
  t.is(who(point, { like: other }), "default");
});

test("the closure form gives the same answers", async (t) => {
  const { execFileSync } = await import("node:child_process");
  const script = `
    import { createBackendSystem } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    import { DevicePoint, Point } from ${JSON.stringify(new URL("library.ts", import.meta.url).href)};
    const system = createBackendSystem({ name: "closure", defaultTypes: ["geometry:Point"], discover: false });
    const all = system.dispatchable("all", { on: [[0, "*"], [1, "mask"]], options: 1 }, () => "default");
    const zeros = system.dispatchable("zeros", { on: [], options: 0 }, () => "own");
    const pair = system.dispatchable("pair", { on: [0, 1] }, () => "default");
    const device = system.registerBackend({ name: "device", primary: ["geometry:DevicePoint"] });
    for (const f of [all, zeros, pair]) device.implement(f, () => "device");
    const [a, b] = [new Point(1), new DevicePoint(2)];
    const answers = [];
    for (let i = 0; i < 2; i++) {
      answers.push(all([a, a]), all([b]), all([b, b], { mask: b }), all([], { mask: a }));
      answers.push(zeros({ like: b }), system.backend({ type: DevicePoint }, () => zeros()));
      answers.push(pair(a, a), pair(b), pair(undefined, b), pair(a, {}), pair(b, b, a));
    }
    console.log(answers.join());`;
  const flags = ["--disallow-code-generation-from-strings", TYPESCRIPT, "--input-type=module", "--eval", script];
  const once = "default,device,device,default,device,device,default,device,device,default,device";
  t.is(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim(), `${once},${once}`);
});
