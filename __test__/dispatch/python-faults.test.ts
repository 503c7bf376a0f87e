// What the Python dispatchers are known to get wrong, each under its own name.
import { execFileSync } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import {
  type BackendDeclaration,
  type BackendSystem,
  createBackendSystem,
  type ScopeOptions,
} from "../../src/index.ts";
import { resolver } from "../../src/realm.ts";
import { DevicePoint, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

const POINT = "geometry:Point";
const DEVICE_POINT = "geometry:DevicePoint";
const [point, other] = [new Point(0), new DevicePoint(0)];

let count = 0;

/** A library of one function on `default` for points, with more backends, and variables set while it is made. */
function library(
  t: ExecutionContext,
  backends: readonly BackendDeclaration[],
  variables: Readonly<Record<string, string>> = {},
): { system: BackendSystem; who: (...args: unknown[]) => string } {
  const name = `faults-${count++}`;
  const prefix = name.toUpperCase().replace("-", "_");
  for (const [key, value] of Object.entries(variables)) process.env[`${prefix}_${key}`] = value;
  t.teardown(() => Object.keys(variables).forEach((key) => delete process.env[`${prefix}_${key}`]));
  const system = createBackendSystem({ name, defaultTypes: [POINT], discover: false });
  const who = system.dispatchable("who", { on: [0, 1] }, (..._args: unknown[]): string => "default");
  for (const backend of backends) system.registerBackend(backend).implement(who, () => backend.name);
  return { system, who };
}

test("fault: an environment priority that cannot enable an opt-in backend", (t) => {
  const shy = { name: "shy", primary: [POINT], optIn: true } as const;
  t.is(library(t, [shy]).who(point), "default");
  for (const variable of ["PRIORITIZE", "BACKEND_WHO"])
    t.is(library(t, [shy], { [variable]: "shy" }).who(point), "shy");
});

test("fault: an unknown name in the environment breaking import or the first call", (t) => {
  const script = `
    import { filters, Image } from ${JSON.stringify(new URL("../../src/image/index.ts", import.meta.url).href)};
    const warned = [];
    process.on("warning", ({ code, message }) => warned.push([/variable (\\w+):/.exec(message)?.[1], code]));
    const blur = () => filters.gaussian(new Image(new Float32Array(4), { width: 2, height: 2 })).shape;
    const shapes = [blur(), blur()];
    setImmediate(() => process.stdout.write(JSON.stringify({ shapes, warned })));`;
  const variables = ["PRIORITIZE", "BLOCK", "ORDER", "BACKEND_FILTERS_GAUSSIAN", "BACKEND_NOTHING"];
  const names = Object.fromEntries(variables.map((name) => [`TAGSWITCH_IMAGE_${name}`, "nobody"]));
  const env = { ...process.env, ...names, TAGSWITCH_IMAGE_ORDER: "nobody>native" };
  const flags = [TYPESCRIPT, "--no-warnings", "--input-type=module", "--eval", script];
  const { shapes, warned } = JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8", env })) as {
    shapes: unknown;
    warned: [variable: string, code: string][];
  };
  t.deepEqual(shapes, [
    [2, 2],
    [2, 2],
  ]);
  t.is(warned.length, variables.length);
  t.deepEqual(new Map(warned), new Map(Object.keys(names).map((name) => [name, "TAGSWITCH_ENVIRONMENT"])));
});

test("fault: an omitted type in an inner scope clearing the outer", (t) => {
  const device = { name: "device", primary: [DEVICE_POINT], secondary: [POINT] } as const;
  const { system, who } = library(t, [device]);
  for (const inner of [{}, { disable: "default" }, { prioritize: "device" }, { copies: "warn" }] as ScopeOptions[]) {
    const ask = (): string => system.backend(inner, () => who(point));
    t.is(system.backend({ type: DEVICE_POINT }, ask), "device");
  }
  t.is(who(point), "default");
});

test("fault: mirrored type sets aborting the library's import", (t) => {
  const mirrored: BackendDeclaration[] = [
    { name: "one", primary: [POINT], secondary: [DEVICE_POINT] },
    { name: "two", primary: [DEVICE_POINT], secondary: [POINT] },
    { name: "three", primary: [{ type: POINT, subclasses: true }, DEVICE_POINT] },
    { name: "four", primary: [POINT, { type: DEVICE_POINT, subclasses: true }] },
  ];
  for (const backends of [mirrored, mirrored.toReversed()]) {
    const { system, who } = library(t, backends);
    const tried = system.backends.filter((name) => name !== "default");
    for (const pair of [
      ["one", "two"],
      ["three", "four"],
    ]) {
      const given = backends.map(({ name }) => name).filter((name) => pair.includes(name));
      t.deepEqual(
        tried.filter((name) => pair.includes(name)),
        given,
      );
    }
    t.is(
      system.backend({ disable: "default" }, () => who(point, point)),
      tried.find((name) => name !== "two")!,
    );
    t.is(
      who(other, other),
      tried.find((name) => name !== "one")!,
    );
    t.is(who(other, point), tried[0]!);
  }
});

test.serial("fault: implementations re-resolved on every call", (t) => {
  const asking = { name: "asking", primary: [DEVICE_POINT] } as const;
  const { system, who } = library(t, [{ name: "certain", primary: [POINT], higherPriorityThan: ["default"] }]);
  let asked = 0;
  system.registerBackend(asking).implement(who, () => "asking", { shouldRun: () => ++asked > 0 || "never" });
  const plan = resolver.plan.bind(resolver);
  let planned = 0;
  t.teardown(() => Reflect.deleteProperty(resolver, "plan"));
  resolver.plan = (...args) => {
    planned++;
    return plan(...args);
  };
  const both = (): string => `${who(point)} ${who(other)}`;
  const calls = (): string[] => [both(), system.backend("default", both)];
  t.deepEqual(calls(), ["certain asking", "default asking"]);
  const first = planned;
  t.true(first > 0);
  for (let i = 0; i < 100; i++) t.deepEqual(calls(), ["certain asking", "default asking"]);
  t.is(planned, first);
  t.is(asked, 202);
});

test('fault: "0" or "false" counting as true', (t) => {
  for (const off of ["0", "false", "no", "off", "", "FALSE"]) {
    const { system, who } = library(t, [], { PRIORITIZE: off, BLOCK: off, ORDER: off, TRACE: off, BACKEND_WHO: off });
    t.is(who(point), "default");
    t.deepEqual(system.backends, ["default"]);
    const first = { name: "first", primary: [POINT], higherPriorityThan: ["default"] } as const;
    t.is(library(t, [first], { DISPATCH: off }).who(point), "default");
  }
});

test("fault: configuration shared between tasks", async (t) => {
  const { system, who } = library(t, [
    { name: "a", primary: [POINT] },
    { name: "b", primary: [POINT] },
  ]);
  const task = async (i: number): Promise<void> => {
    const name = ["a", "b", "default"][i % 3]!;
    for (let step = 0; step < 4; step++) {
      t.is(who(point), name);
      await (step % 2 === 0 ? setImmediate() : null);
    }
  };
  const tasks = Array.from({ length: 30 }, (_, i) => {
    const choices: ScopeOptions[] = [{ prioritize: "a" }, { exclusive: "b" }, { disable: ["a", "b"] }];
    return system.backend(choices[i % 3]!, () => task(i));
  });
  t.is(who(point), "default");
  await Promise.all(tasks);
  t.is(who(point), "default");
});

test("fault: native and foreign objects mixed raising although one backend takes both", (t) => {
  const { system, who } = library(t, [
    { name: "foreign", primary: [DEVICE_POINT] },
    { name: "both", primary: [DEVICE_POINT], secondary: [POINT] },
  ]);
  for (let repeat = 0; repeat < 3; repeat++) {
    t.is(who(point, other), "both");
    t.is(who(other, point), "both");
    t.is(
      system.backend("default", () => who(point, other)),
      "both",
    );
    t.is(who(other, other), "foreign");
    t.is(who(point, point), "default");
  }
});
