// What the environment of the process says about a library's backends.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import test, { type ExecutionContext } from "ava";
import {
  type BackendSystem,
  type BackendSystemOptions,
  createBackendSystem,
  type Dispatchable,
  explain,
  invoke,
} from "../../src/index.ts";
import { DevicePoint, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
let count = 0;

/** A library whose backends `a`, `b`, `c` all take points, in that order after `default`, with variables set. */
function library(
  t: ExecutionContext,
  variables: Record<string, string>,
  options: Partial<BackendSystemOptions> = {},
): {
  system: BackendSystem;
  prefix: string;
  who: Dispatchable<(value?: unknown, options?: { backend?: string }) => string>;
} {
  const name = `env/${count++}`;
  const prefix = options.environmentPrefix ?? name.toUpperCase().replace("/", "_");
  for (const [key, value] of Object.entries(variables)) process.env[`${prefix}_${key}`] = value;
  t.teardown(() => {
    for (const key of Object.keys(variables)) delete process.env[`${prefix}_${key}`];
  });
  const system = createBackendSystem({ name, defaultTypes: ["geometry:Point"], ...options });
  const who = system.dispatchable(
    "ask.who",
    { on: [0] },
    (_value?: unknown, _options?: { backend?: string }): string => "default",
  );
  for (const each of ["a", "b", "c"]) {
    system.registerBackend({ name: each, primary: ["geometry:Point"] }).implement(who, () => each);
  }
  return { system, prefix, who };
}

/** The warnings about the environment that `body` leads to. */
async function warnings(body: () => void): Promise<string[]> {
  const heard: string[] = [];
  const listen = (warning: Error & { code?: string }): void => {
    if (warning.code === "TAGSWITCH_ENVIRONMENT") heard.push(warning.message);
  };
  // Warnings are heard a little after they are given: those of earlier tests are none of this one's.
  await new Promise((resolve) => setImmediate(resolve));
  process.on("warning", listen);
  body();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  return heard;
}

test.serial("_PRIORITIZE puts backends first, scopes and calls before that", (t) => {
  const { system, who } = library(t, { PRIORITIZE: " b , a " });
  t.deepEqual(system.backends.slice(0, 2), ["b", "a"]);
  for (let i = 0; i < 3; i++) t.is(who(new Point(0)), "b");
  t.is(
    system.backend("c", () => who(new Point(0))),
    "c",
  );
  t.is(
    system.backend({ disable: "b" }, () => who(new Point(0))),
    "a",
  );
  t.is(who(new Point(0), { backend: "default" }), "default");
});

test.serial("_BLOCK keeps a backend out of everything, with a reason", (t) => {
  const { system, who } = library(t, { BLOCK: "a", PRIORITIZE: "a" });
  t.is(who(new Point(0)), "default");
  t.is(
    system.backend("a", () => who(new Point(0))),
    "default",
  );
  t.throws(() => who(new Point(0), { backend: "a" }), {
    code: "ERR_DISPATCH_REFUSED",
    message: /blocked by the environment/,
  });
});

test.serial("_ORDER beats the order of registration and declared order", (t) => {
  const { system, who } = library(t, { ORDER: "c>a>default, b > c" });
  t.deepEqual(system.backends, ["b", "c", "a", "default"]);
  t.is(who(new Point(0)), "b");
});

test.serial("a circle in _ORDER is a warning that names what is ignored", async (t) => {
  let library1: ReturnType<typeof library> | undefined;
  const heard = await warnings(() => {
    library1 = library(t, { ORDER: "a>b,b>c,c>a" });
  });
  t.is(heard.length, 1);
  t.true(heard[0]!.startsWith(`environment variable ${library1!.prefix}_ORDER: contradicts itself; ignored is c>a`));
  t.deepEqual(library1!.system.backends, ["default", "a", "b", "c"]);
});

test.serial("a bad value is one warning that names the variable, and is ignored", async (t) => {
  const { BLOCK, ...bad } = { PRIORITIZE: "a>b", ORDER: "a,b", TRACE: "sometimes", DISPATCH: "2", BLOCK: "a b" };
  const heard = await warnings(() => {
    const { who } = library(t, { ...bad, BLOCK });
    t.is(who(new Point(0)), "default");
  });
  t.deepEqual(
    heard
      .map((message) => /_([A-Z]+): "(.*?)" is .*; it is ignored$/.exec(message)?.slice(1))
      .sort((a, b) => (a![0]! < b![0]! ? -1 : 1)),
    [
      ["BLOCK", "a b"],
      ["DISPATCH", "2"],
      ["ORDER", "a,b"],
      ["PRIORITIZE", "a>b"],
      ["TRACE", "sometimes"],
    ],
  );
});

test.serial('"0", "false", "no", "off" and nothing are off, without a warning', async (t) => {
  const heard = await warnings(() => {
    for (const off of ["0", "false", "no", "off", "", " ", "FALSE", "Off"]) {
      const { who } = library(t, { PRIORITIZE: off, BLOCK: off, ORDER: off, TRACE: off, BACKEND_ASK_WHO: off });
      t.is(who(new Point(0)), "default");
    }
  });
  t.deepEqual(heard, []);
});

test.serial("an unknown name is one warning a variable, which lists the names there are", async (t) => {
  let prefix = "";
  const heard = await warnings(() => {
    const made = library(t, { PRIORITIZE: "bb,b", BLOCK: "nobody", ORDER: "a>missing,gone>b" });
    ({ prefix } = made);
    for (let i = 0; i < 3; i++) t.is(made.who(new Point(0)), "b");
  });
  t.deepEqual(heard, [
    `environment variable ${prefix}_PRIORITIZE: so far no backend is called "bb"; there are "b", "default", "a", "c"`,
    `environment variable ${prefix}_BLOCK: so far no backend is called "nobody"; there are "default", "a", "b", "c"`,
    `environment variable ${prefix}_ORDER: so far no backends are called "missing", "gone"; there are "default", "a", "b", "c"`,
  ]);
});

test.serial("a name is known once its backend is there: the warning of the first call says no more", async (t) => {
  const heard = await warnings(() => {
    const { system, who } = library(t, {
      ...{ PRIORITIZE: "late", BLOCK: "b", ORDER: "later>default>a>c", BACKEND_MADE: "last" },
    });
    t.is(who(new Point(0)), "default");
    system.registerBackend({ name: "later", primary: ["geometry:Point"] }).implement(who, () => "later");
    t.is(who(new Point(0)), "later");
    system.registerBackend({ name: "late", primary: ["geometry:Point"] }).implement(who, () => "late");
    t.is(who(new Point(0)), "late");
    const made = system.dispatchable("made", { on: [0] }, (_value: unknown): string => "default");
    system.registerBackend({ name: "last", primary: ["geometry:Point"] }).implement(made, () => "last");
    t.is(made(new Point(0)), "last");
  });
  t.is(heard.length, 3);
  for (const message of heard) t.regex(message, /: so far no (backend|function or group) is called /);
});

test.serial("_BACKEND_<FUNCTION> is for one function, or a group, in capitals", async (t) => {
  const heard = await warnings(() => {
    const { system, who } = library(t, {
      BACKEND_ASK_WHO: "c",
      BACKEND_ASK: "all",
      PRIORITIZE: "a",
      BACKEND_ASK_WOH: "a",
    });
    const sibling = system.dispatchable("ask.sibling-2", { on: [0] }, (_value: unknown): string => "default");
    const other = system.dispatchable("other", { on: [0] }, (_value: unknown): string => "default");
    const all = system.registerBackend({ name: "all", primary: ["geometry:Point"], lowerPriorityThan: ["c"] });
    for (const fn of [sibling, other]) all.implement(fn, () => "all");
    t.deepEqual([sibling(new Point(0)), other(new Point(0))], ["all", "default"]);
    t.is(who(new Point(0)), "c");
    t.is(
      system.backend("a", () => who(new Point(0))),
      "a",
    );
  });
  t.is(heard.length, 1);
  t.regex(heard[0]!, /_BACKEND_ASK_WOH: so far no function or group is called so; there are ASK_WHO, /);
});

test.serial("_DISPATCH=0 has every function run as the library wrote it", (t) => {
  const { who, system } = library(t, { DISPATCH: "0", PRIORITIZE: "a" });
  t.is(who(new Point(0)), "default");
  t.is(
    system.backend("b", () => who(new Point(0))),
    "default",
  );
  t.is(who(new DevicePoint(0)), "default");
});

test.serial(
  "_DISPATCH=0 keeps the library's validators, and leaves nothing to invoke, wait for or explain",
  async (t) => {
    const { system, who } = library(t, { DISPATCH: "0" });
    const validate = (value: number): void => {
      if (value < 0) throw new RangeError("negative");
    };
    const root = system.dispatchable("root", { on: [0], validate }, (value: number) => Math.sqrt(value));
    system.registerBackend({ name: "other", primary: ["js:number"] }).implement(root, () => 0);
    t.throws(() => root(-1), { instanceOf: RangeError });
    t.is(invoke(root, "other")(4), 2);
    t.is(invoke(root, "js:number")(4), 2);
    t.is(await root.async(4), 2);
    await t.throwsAsync(root.async(-1), { instanceOf: RangeError });
    const foreign = new DevicePoint(0) as never;
    t.is(await system.backend("a", () => who.async(foreign)), "default");
    t.is(await who.async(5, { backend: "a" }), "default");
    const { considered } = explain(who, foreign);
    t.deepEqual(
      considered.map(({ backend, verdict }) => `${backend} ${verdict}`),
      ["default runs", "a refused", "b refused", "c refused", "other refused"],
    );
    t.is(considered[1]!.reason, "dispatch is switched off by the environment");
  },
);

test.serial("a library may choose the prefix of its variables", (t) => {
  const { who } = library(t, { PRIORITIZE: "b" }, { environmentPrefix: "MINE" });
  t.is(who(new Point(0)), "b");
  t.throws(() => createBackendSystem({ name: "prefix", environmentPrefix: "a b" }), { code: "ERR_DISPATCH_ARGUMENT" });
  t.throws(() => createBackendSystem({ name: "prefix", fallback: "perhaps" as "own" }), {
    code: "ERR_DISPATCH_ARGUMENT",
    message: /"own", "convert" or "raise"/,
  });
});

test.serial("_TRACE=1 prints calls to standard error", async (t) => {
  const script = `
    import { geometry, Point } from "./__test__/dispatch/library.ts";
    const { who } = geometry();
    console.log(who(new Point(0)), who(new Point(0)));`;
  const args = [TYPESCRIPT, "--input-type=module", "--eval", script];
  const env = { ...process.env, GEOMETRY_0_TRACE: "1" };
  const { stdout, stderr } = await run(process.execPath, args, { cwd: join(import.meta.dirname, "../.."), env });
  t.is(stdout.trim(), "default default");
  t.is(stderr.split("who").length, 3);
});
